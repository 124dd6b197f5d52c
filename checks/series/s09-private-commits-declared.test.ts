import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s09PrivateCommitsDeclared } from "./s09-private-commits-declared.ts";

const ID = "ab".repeat(20);
const judgeNotes = (notes: string) =>
  judge(s09PrivateCommitsDeclared, {
    patches: [{ notes }],
    context: {
      effects: {
        baseFacts: async () => ({
          tag: undefined,
          remote: undefined,
          isRoot: false,
          privateCommits: [{ subject: "mm: prepare", patchId: ID }],
        }),
      },
    },
  });

test("a private commit is found unless its patch id is declared", async () => {
  expect(await judgeNotes("words")).toEqual(["fail", "0000.patch:4"]);
  expect(await judgeNotes(`prerequisite-patch-id: ${"cd".repeat(20)}`)).toHaveLength(2);
  expect(await judgeNotes(`prerequisite-patch-id: ${ID}`)).toEqual(["pass"]);
});
