import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { s05NoFixupCommits } from "./s05-no-fixup-commits.ts";

test.each([["fixup! mm: a"], ["squash! mm: a"], ["amend! mm: a"], ["mm: a (WIP)"], ["DNM mm: a"]])(
  "'%s' is found",
  async (subject) => {
    expect(await judgeOne(s05NoFixupCommits, { subject })).toEqual(["fail", "0001.patch:4"]);
  },
);

test.each([["mm: fixup! a leak"], ["mm: count WIPE requests"]])("'%s' is fine", async (subject) => {
  expect(await judgeOne(s05NoFixupCommits, { subject })).toEqual(["pass"]);
});
