import { beforeAll, expect, test } from "vitest";
import { PROFILES, selectChecks } from "../../checks/profiles.ts";
import { CHECKS } from "../../checks/registry.ts";
import { labContext, shippedTip } from "../lab/lab.ts";
import { controlNames, readControl } from "./apply-defect.ts";
import { TREE_DEFECTS } from "./coverage.ts";
import { judgeDefectInTree, judgeInTree } from "./judge-in-tree.ts";

const context = labContext({ stdout: () => {}, stderr: () => {} });

let tree = "";
beforeAll(async () => {
  tree = (await shippedTip()).tree.dir;
});

test.each(TREE_DEFECTS)("$finds finds '$to' in $control, mail $mail", async (defect) => {
  const { isFound, said } = await judgeDefectInTree(defect, context, tree);
  expect(isFound, said).toBe(true);
});

/** What builds only the changed files, and asks the tree. */
const CLEAN_BY = selectChecks(CHECKS, PROFILES["rfc"] ?? { costs: [], also: [], without: [] })
  .map(({ id }) => id)
  .filter((id) => !/^(?:b01|t12|x0|u09|u10)/.test(id));

test.each(controlNames())("nothing is found in %s", async (control) => {
  const checks = await judgeInTree(readControl(control), CLEAN_BY, context, tree);
  const bad = checks.filter(({ verdict }) => !["pass", "attest"].includes(verdict.kind));
  expect(bad).toEqual([]);
});
