import type { ReviewContext } from "./context.ts";
import type { Check } from "./contract.ts";
import { TEXT_CHECKS } from "./registry-of-texts.ts";
import { TREE_CHECKS } from "./registry-of-trees.ts";

/** Every check of the gate, cheapest first: this is the order in which they run and report. */
export const CHECKS: readonly Check<ReviewContext>[] = [...TEXT_CHECKS, ...TREE_CHECKS];
