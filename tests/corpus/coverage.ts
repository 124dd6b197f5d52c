import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CHECKS } from "../../checks/registry.ts";
import { BUILD_DEFECTS } from "./build-defects.ts";
import { type Defect, readRows } from "./defect.ts";
import { STATE_DEFECTS } from "./state-defects.ts";
import { TEXT_DEFECTS } from "./text-defects.ts";

/** Defects that are judged without a kernel tree. */
export const QUICK_DEFECTS: readonly Defect[] = [
  ...TEXT_DEFECTS,
  ...STATE_DEFECTS,
  ...BUILD_DEFECTS,
];

/** Defects that are judged in a kernel tree, by its scripts and this machine's compilers. */
export const TREE_DEFECTS: readonly Defect[] = readRows(
  readFileSync(join(import.meta.dirname, "tree-defects.json"), "utf8"),
);

/** Checks that find nothing by design: they say `attest` or `not-run`, each time. */
export const SPOKEN: Readonly<Record<string, "attest" | "not-run">> = {
  "x08-works-on-next": "attest",
};

/** Ids of the checks that no defect of the corpus makes speak. */
export function neverFired(): string[] {
  const fired = [...QUICK_DEFECTS, ...TREE_DEFECTS].map(({ finds }) => finds);
  return CHECKS.map(({ id }) => id).filter((id) => !fired.includes(id) && SPOKEN[id] === undefined);
}
