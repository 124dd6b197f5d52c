import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s17ResendUnchanged } from "./s17-resend-unchanged.ts";

const judgeResend = (status: "same" | "changed" | undefined, prefix = "PATCH RESEND v2") =>
  judge(s17ResendUnchanged, {
    prefix,
    context: {
      version: 2,
      effects: {
        formerVersion: async () =>
          status === undefined ? undefined : [{ position: "1/1", status, former: undefined }],
      },
    },
  });

test("a RESEND that changed is found; without the one before a person says so", async () => {
  expect(await judgeResend("changed")).toEqual(["fail", "0001.patch:4"]);
  expect(await judgeResend("same")).toEqual(["pass"]);
  expect(await judgeResend(undefined)).toEqual(["attest"]);
  expect(await judgeResend("changed", "PATCH v2")).toEqual(["pass"]);
});
