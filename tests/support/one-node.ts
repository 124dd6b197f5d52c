import { findTopology, type Topology } from "../../kernel-model/index.ts";

/** The topology with a single node, for tests that need any. */
export function oneNode(): Topology {
  const found = findTopology("one-node");
  if (found === undefined) throw new Error("the model has no such topology");
  return found;
}

/** What a healthy guest of that topology says before and after its vectors. */
export const ONE_NODE_FACTS: readonly string[] = [
  "version=#0123456789ab SMP",
  ...["taint.before=0", "nodes.memory=0", "tier.memory_tier4=0", "taint.after=0"],
];
