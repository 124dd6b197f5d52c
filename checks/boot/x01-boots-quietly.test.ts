import { expect, test } from "vitest";
import { judgeVerify } from "../../tests/support/judge-verify.ts";
import { x01BootsQuietly } from "./x01-boots-quietly.ts";

test("a splat is found, a difference is the business of others", async () => {
  const splat = { kind: "splat", detail: "WARNING at mm/hbf.c:1" };
  expect(await judgeVerify(x01BootsQuietly, splat)).toEqual([
    "fail",
    "splat: WARNING at mm/hbf.c:1",
  ]);
  expect(await judgeVerify(x01BootsQuietly, { kind: "differs" })).toEqual(["pass"]);
  expect(await judgeVerify(x01BootsQuietly, {})).toEqual(["pass"]);
});

test("a failure of the machine says nothing, and other series are not run", async () => {
  const died = { kind: "qemu-died", isInfrastructure: true };
  expect(await judgeVerify(x01BootsQuietly, died)).toEqual(["error"]);
  expect(await judgeVerify(x01BootsQuietly, died, "mm/memory.c")).toEqual(["pass"]);
});
