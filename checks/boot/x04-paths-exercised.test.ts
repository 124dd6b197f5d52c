import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { x04PathsExercised } from "./x04-paths-exercised.ts";

test("says that it is not run", async () => {
  expect(await judge(x04PathsExercised, {})).toEqual(["not-run"]);
});
