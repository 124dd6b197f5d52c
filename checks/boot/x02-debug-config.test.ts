import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { x02DebugConfig } from "./x02-debug-config.ts";

test("says that it is not run", async () => {
  expect(await judge(x02DebugConfig, {})).toEqual(["not-run"]);
});
