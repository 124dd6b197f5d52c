import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m20NoPrivateTags } from "./m20-no-private-tags.ts";

test.each([
  ["Change-Id: I0123"],
  ["BUG=b:123"],
  ["TEST=boot it"],
  ["Reviewed-on: https://x.example.org/1"],
  ["See https://chromium-review.example.org/c/1"],
])("'%s' is found", async (text) => {
  const found = await judgeOne(m20NoPrivateTags, { message: `Why.\n\n${text}` });
  expect(found).toEqual(["fail", "0001.patch:8"]);
});

test("prose about bugs and tests passes", async () => {
  const message = "Fix a BUG() that a TEST finds.\nLink: https://lore.kernel.org/r/x";
  expect(await judgeOne(m20NoPrivateTags, { message })).toEqual(["pass"]);
});
