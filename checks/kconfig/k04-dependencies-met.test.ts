import { expect, test } from "vitest";
import { QUIET } from "../../tests/support/judge-static.ts";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { k04DependenciesMet } from "./k04-dependencies-met.ts";

const BASE = "0".repeat(40);
const UNMET = "WARNING: unmet direct dependencies detected for MIGRATION";
const judgeLogs = (before: string, after: string) =>
  judge(k04DependenciesMet, {
    patches: [{ diff: changeFile("mm/Kconfig", "\tselect MIGRATION") }],
    context: {
      effects: {
        buildVariant: async ({ commit }) => {
          return { ...QUIET, configLog: `#\n${commit === BASE ? before : after}\n` };
        },
      },
    },
  });

test("a new complaint is found once, an old one is not", async () => {
  expect(await judgeLogs("", UNMET)).toEqual(["fail", "0001.patch:11"]);
  expect(await judgeLogs(UNMET, UNMET)).toEqual(["pass"]);
  expect(await judgeLogs("", "# configuration written to .config")).toEqual(["pass"]);
});
