import { expect, test } from "vitest";
import { failureOf, judgeVerify } from "../../tests/support/judge-verify.ts";
import { u09ErrorsOfBadCalls } from "./u09-errors-of-bad-calls.ts";

test("a wrong error number is found, a wrong byte is the business of another rule", async () => {
  const wrong = { kind: "differs", failures: [failureOf("EINVAL", "0")] };
  expect((await judgeVerify(u09ErrorsOfBadCalls, wrong))[0]).toBe("fail");
  const bytes = { kind: "differs", failures: [failureOf("caps.abi=1", "caps.abi=9")] };
  expect(await judgeVerify(u09ErrorsOfBadCalls, bytes)).toEqual(["pass"]);
});
