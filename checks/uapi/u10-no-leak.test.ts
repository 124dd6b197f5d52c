import { expect, test } from "vitest";
import { failureOf, judgeVerify } from "../../tests/support/judge-verify.ts";
import { u10NoLeak } from "./u10-no-leak.ts";

test("a byte that nobody promised is found, a wrong error is the business of another rule", async () => {
  const bytes = { kind: "differs", failures: [failureOf("caps.abi=1", "caps.abi=9")] };
  expect((await judgeVerify(u10NoLeak, bytes))[0]).toBe("fail");
  const wrong = { kind: "differs", failures: [failureOf("EINVAL", "0")] };
  expect(await judgeVerify(u10NoLeak, wrong)).toEqual(["pass"]);
});
