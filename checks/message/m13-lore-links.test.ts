import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m13LoreLinks } from "./m13-lore-links.ts";

const judge = (url: string) => judgeOne(m13LoreLinks, { message: `Why.\n\nLink: ${url}` });

test.each([
  ["https://lkml.org/lkml/2025/1/1/1"],
  ["https://marc.info/?l=linux-mm&m=1"],
  ["https://lists.infradead.org/pipermail/x/1.html"],
  ["https://lore.kernel.org/linux-mm/"],
])("'%s' is found", async (url) => {
  expect(await judge(url)).toEqual(["fail", "0001.patch:8"]);
});

test.each([
  ["https://lore.kernel.org/r/20250101.1-1-a@example.org"],
  ["https://lore.kernel.org/linux-mm/1%40example.org/"],
  ["https://patch.msgid.link/1@example.org"],
  ["https://bugzilla.kernel.org/show_bug.cgi?id=1"],
])("'%s' passes", async (url) => {
  expect(await judge(url)).toEqual(["pass"]);
});
