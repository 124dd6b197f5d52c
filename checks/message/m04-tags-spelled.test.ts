import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m04TagsSpelled } from "./m04-tags-spelled.ts";

const a = "A <a@example.org>";

test.each([
  [`Signed-Off-By: ${a}`],
  [`Signed off by: ${a}`],
  [`Reviewd-by: ${a}`],
  [`fixes: 123456789012 ("x")`],
  ["Acked-by: A"],
  ["Tested-by: <a@example.org>"],
])("'%s' is found", async (tag) => {
  const found = await judgeOne(m04TagsSpelled, { message: `Why.\n\n${tag}` });
  expect(found).toEqual(["fail", "0001.patch:8"]);
});

test("the second of two equal tags is found", async () => {
  const message = `Why.\n\nAcked-by: ${a}\nReviewed-by: ${a}\nAcked-by: ${a}`;
  expect(await judgeOne(m04TagsSpelled, { message })).toEqual(["fail", "0001.patch:10"]);
});

test("good tags, and a sentence with a colon, pass", async () => {
  const message = `This is meant to stand by: nothing.\n\nAcked-by: ${a} # mm\nCc: stable@example.org`;
  expect(await judgeOne(m04TagsSpelled, { message })).toEqual(["pass"]);
});
