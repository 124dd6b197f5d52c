import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { m09FixesExists } from "./m09-fixes-exists.ts";

const TAG = 'Words.\n\nFixes: 0123456789ab ("mm: old")';
const judgeCommit = (
  commit: { subject: string; isInBase: boolean } | undefined,
  isRoot = false,
  message = TAG,
) =>
  judge(m09FixesExists, {
    patches: [{ message }],
    context: {
      effects: {
        findCommit: async () => commit,
        baseFacts: async () => ({ tag: "v1", remote: undefined, isRoot, privateCommits: [] }),
      },
    },
  });

test.each([
  ["no commit", undefined],
  ["another subject", { subject: "mm: other", isInBase: true }],
  ["a commit of another branch", { subject: "mm: old", isInBase: false }],
])("%s is found", async (_, commit) => {
  expect(await judgeCommit(commit)).toEqual(["fail", "0001.patch:8"]);
});

test("the commit passes; without history nothing can be said, unless nobody asks", async () => {
  expect(await judgeCommit({ subject: "mm: old", isInBase: true })).toEqual(["pass"]);
  expect(await judgeCommit(undefined, true)).toEqual(["not-run"]);
  expect(await judgeCommit(undefined, true, "Words.")).toEqual(["pass"]);
});
