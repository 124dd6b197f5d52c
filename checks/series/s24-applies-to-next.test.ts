import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s24AppliesToNext } from "./s24-applies-to-next.ts";

const judgeNext = (conflicts: string[] | undefined) =>
  judge(s24AppliesToNext, { context: { effects: { conflictsWithNext: async () => conflicts } } });

test("a conflict is found at the file's place; without next a person says so", async () => {
  expect(await judgeNext(["mm/a.c"])).toEqual(["fail", "0001.patch:11"]);
  expect(await judgeNext([])).toEqual(["pass"]);
  expect(await judgeNext(undefined)).toEqual(["attest"]);
});
