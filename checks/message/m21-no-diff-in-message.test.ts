import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m21NoDiffInMessage } from "./m21-no-diff-in-message.ts";

test.each([["diff -u a b"], ["Index: a"], ["--- a/mm/a.c"], ["+++ b/mm/a.c"], ["@@ -1,2 +1 @@"]])(
  "'%s' is found",
  async (text) => {
    const found = await judgeOne(m21NoDiffInMessage, { message: `Why.\n${text}` });
    expect(found).toEqual(["fail", "0001.patch:7"]);
  },
);

test("an indented diff passes", async () => {
  const message = "Why.\n  diff -u a b\n  --- a/mm/a.c\ndifferent -u";
  expect(await judgeOne(m21NoDiffInMessage, { message })).toEqual(["pass"]);
});
