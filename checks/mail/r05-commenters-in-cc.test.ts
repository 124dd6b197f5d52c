import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { r05CommentersInCc } from "./r05-commenters-in-cc.ts";

const BO = { from: "Bo <bo@example.org>", messageId: "1@a", subject: "Re: x", tags: [] };
const judgeCc = (coverHeaders: string[], version = 2, replies: (typeof BO)[] | undefined = [BO]) =>
  judge(r05CommentersInCc, {
    coverHeaders,
    context: { version, effects: { replies: async () => replies } },
  });

test("somebody who answered and is not named is found", async () => {
  expect(await judgeCc([])).toEqual(["fail", "0000.patch:4"]);
  expect(await judgeCc(["Cc: bo@example.org"])).toEqual(["pass"]);
});

test("a first version has no answers; without them a person says so", async () => {
  expect(await judgeCc([], 1)).toEqual(["pass"]);
  const effects = { replies: async () => undefined };
  expect(await judge(r05CommentersInCc, { context: { version: 2, effects } })).toEqual(["attest"]);
});
