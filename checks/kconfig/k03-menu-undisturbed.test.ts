import { expect, test } from "vitest";
import { QUIET } from "../../tests/support/judge-static.ts";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { k03MenuUndisturbed } from "./k03-menu-undisturbed.ts";

const BASE = "0".repeat(40);
const judgeValues = (before: string[], after: string[]) =>
  judge(k03MenuUndisturbed, {
    patches: [{ diff: changeFile("mm/Kconfig", 'config HBF\n\tbool "HBF"') }],
    context: {
      effects: {
        buildVariant: async ({ commit }) => {
          const names = commit === BASE ? before : after;
          return { ...QUIET, values: new Map(names.map((name) => [name, "y"])) };
        },
      },
    },
  });

test("an option that appears or disappears beside the new ones is found", async () => {
  expect(await judgeValues(["NUMA"], ["NUMA", "HBF", "SLUB_TINY"])).toHaveLength(2);
  expect(await judgeValues(["NUMA", "SWAP"], ["NUMA", "HBF"])).toEqual(["fail", "0001.patch:11"]);
  expect(await judgeValues(["NUMA"], ["NUMA", "HBF"])).toEqual(["pass"]);
});
