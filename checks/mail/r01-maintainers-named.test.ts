import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { r01MaintainersNamed } from "./r01-maintainers-named.ts";

const LKML = "linux-kernel@vger.kernel.org";
const judgeTo = (headers: string[], ...maintainers: string[]) =>
  judge(r01MaintainersNamed, {
    patches: [{ headers }],
    context: { effects: { maintainersOf: async () => maintainers } },
  });

test("a maintainer who is not named is found", async () => {
  expect(await judgeTo([`Cc: ${LKML}`], "Bo <bo@a.org>", LKML)).toEqual(["fail", "0001.patch:4"]);
});

test("a patch for which nobody answers is found at its first file", async () => {
  expect(await judgeTo([], LKML)).toEqual(["fail", "0001.patch:11"]);
});

test("named maintainers pass, and so do mails that leave recipients to the sender", async () => {
  const cc = [`Cc: Bo Other <BO@a.org>, ${LKML}`];
  expect(await judgeTo(cc, "Bo <bo@a.org>", `${LKML} (open list)`)).toEqual(["pass"]);
  expect(await judgeTo([], "Bo <bo@a.org>", LKML)).toEqual(["pass"]);
});
