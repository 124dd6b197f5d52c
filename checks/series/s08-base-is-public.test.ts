import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s08BaseIsPublic } from "./s08-base-is-public.ts";

const judgeBase = (tag: string | undefined, remote: string | undefined) =>
  judge(s08BaseIsPublic, {
    context: {
      effects: { baseFacts: async () => ({ tag, remote, isRoot: false, privateCommits: [] }) },
    },
  });

test("a base that nobody else has is found, at its line of the cover letter", async () => {
  expect(await judgeBase(undefined, undefined)).toEqual(["fail", "0000.patch:13"]);
});

test("a tag passes, a branch of a public tree passes with a warning", async () => {
  expect(await judgeBase("v6.12", undefined)).toEqual(["pass"]);
  expect(await judgeBase(undefined, "mm/mm-unstable")).toEqual(["pass", "warning 0000.patch:13"]);
});
