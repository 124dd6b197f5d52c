import { expect, test } from "vitest";
import { judgeVerify } from "../../tests/support/judge-verify.ts";
import { x03LockdepAlive } from "./x03-lockdep-alive.ts";

test("what the build is for is found, and a quiet run passes", async () => {
  const detail = "lockdep is not on at the end";
  expect((await judgeVerify(x03LockdepAlive, { kind: "splat", detail }))[0]).toBe("fail");
  expect(await judgeVerify(x03LockdepAlive, {})).toEqual(["pass"]);
});
