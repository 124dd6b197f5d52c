import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { s04NoEmptyPatch } from "./s04-no-empty-patch.ts";

test("a mail without a diff is found, one with a diff passes", async () => {
  expect(await judgeOne(s04NoEmptyPatch, { diff: "" })).toEqual(["fail", "0001.patch:4"]);
  expect(await judgeOne(s04NoEmptyPatch, {})).toEqual(["pass"]);
});
