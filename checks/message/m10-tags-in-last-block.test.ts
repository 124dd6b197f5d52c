import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m10TagsInLastBlock } from "./m10-tags-in-last-block.ts";

const fixes = 'Fixes: 123456789012 ("x")';
const signed = "Signed-off-by: A <a@example.org>";

test.each([
  ["an empty line between tags", `Why.\n\n${fixes}\n\n${signed}`, 8],
  ["text below", `${signed}\n\nWhy.`, 6],
])("%s is found", async (_, message, line) => {
  const found = await judgeOne(m10TagsInLastBlock, { message });
  expect(found).toEqual(["fail", `0001.patch:${line}`]);
});

test("one block, and a link in the text, pass", async () => {
  const message = `Why.\nLink: https://example.org [1]\n\n${fixes}\n${signed}\n\n`;
  expect(await judgeOne(m10TagsInLastBlock, { message })).toEqual(["pass"]);
});
