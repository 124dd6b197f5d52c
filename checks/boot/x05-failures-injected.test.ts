import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { x05FailuresInjected } from "./x05-failures-injected.ts";

test("says that it is not run", async () => {
  expect(await judge(x05FailuresInjected, {})).toEqual(["not-run"]);
});
