import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { f04SelftestsRun } from "./f04-selftests-run.ts";

test("says that it is not run", async () => {
  expect(await judge(f04SelftestsRun, {})).toEqual(["not-run"]);
});
