import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { x06SanitizersQuiet } from "./x06-sanitizers-quiet.ts";

test("says that it is not run", async () => {
  expect(await judge(x06SanitizersQuiet, {})).toEqual(["not-run"]);
});
