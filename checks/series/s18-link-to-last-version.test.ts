import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s18LinkToLastVersion } from "./s18-link-to-last-version.ts";

const context = { version: 2 };

test("a reply is found in any version", async () => {
  const coverHeaders = ["In-Reply-To: <x@example.org>"];
  const found = await judge(s18LinkToLastVersion, { coverHeaders });
  expect(found).toEqual(["fail", "0000.patch:5"]);
});

const signed = [{ message: "Why.\n\nSigned-off-by: A <a@example.org>" }];

test("version 2 without a link is found, once it is signed", async () => {
  const found = await judge(s18LinkToLastVersion, { context, patches: signed });
  expect(found).toEqual(["fail", "0000.patch:4"]);
  expect(await judge(s18LinkToLastVersion, { context })).toEqual(["attest"]);
});

test("an unsigned version 2 that is a reply is found", async () => {
  const coverHeaders = ["In-Reply-To: <x@example.org>"];
  const found = await judge(s18LinkToLastVersion, { context, coverHeaders });
  expect(found).toEqual(["fail", "0000.patch:5", "0000.patch:4"]);
});

test("a link to lore passes, and the first version needs none", async () => {
  const cover = "mm: a\n\nOne.\n\n- Link to v1: https://lore.kernel.org/r/x@example.org\n";
  expect(await judge(s18LinkToLastVersion, { cover, context })).toEqual(["pass"]);
  expect(await judge(s18LinkToLastVersion, {})).toEqual(["pass"]);
});
