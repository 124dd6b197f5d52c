import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { x03LockdepAlive } from "./x03-lockdep-alive.ts";

test("says that it is not run", async () => {
  expect(await judge(x03LockdepAlive, {})).toEqual(["not-run"]);
});
