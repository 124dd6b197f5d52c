import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m05NoMachineSignOff } from "./m05-no-machine-sign-off.ts";

const signedBy = (who: string) => ({ message: `Why.\n\nSigned-off-by: ${who}` });

test.each([
  ["Claude <x@example.org>"],
  ["Claude Code <x@example.org>"],
  ["GitHub Copilot <x@example.org>"],
  ["kernel test robot[bot] <x@example.org>"],
  ["A <noreply@example.org>"],
  ["A <a@users.noreply.example.org>"],
])("'%s' is found", async (who) => {
  expect(await judgeOne(m05NoMachineSignOff, signedBy(who))).toEqual(["fail", "0001.patch:8"]);
});

test.each([["A <a@example.org>"], ["Claude A <a@example.org>"], ["Talbot <b@example.org>"]])(
  "'%s' passes",
  async (who) => {
    expect(await judgeOne(m05NoMachineSignOff, signedBy(who))).toEqual(["pass"]);
  },
);

test("an unsigned series is left to a person", async () => {
  expect(await judgeOne(m05NoMachineSignOff, {})).toEqual(["attest"]);
});
