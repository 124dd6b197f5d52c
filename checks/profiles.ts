import type { ReviewContext } from "./context.ts";
import type { Check, Cost } from "./contract.ts";

/** Which checks a run of the gate makes. */
export interface Profile {
  readonly title: string;
  /** Checks of these costs run. */
  readonly costs: readonly Cost[];
  /** Ids that run whatever they cost, and ids that don't. */
  readonly also: readonly string[];
  readonly without: readonly string[];
  /** True when a pass says that the series is ready; others say so only of what they look at. */
  readonly isWhole: boolean;
}

/** The name of the profile that is taken unless another is asked for. */
export const DEFAULT_PROFILE = "rfc";

/** Every profile by its name. */
export const PROFILES: Readonly<Record<string, Profile>> = {
  quick: {
    title: "texts and checkpatch: nothing is built",
    costs: ["instant"],
    also: ["t01-checkpatch"],
    without: [],
    isWhole: false,
  },
  rfc: {
    title: "every check: what an RFC has to pass before it is posted",
    costs: ["instant", "seconds", "minutes"],
    also: [],
    without: [],
    isWhole: true,
  },
  ci: {
    title: "every check that boots no virtual machine, for runners without one",
    costs: ["instant", "seconds", "minutes"],
    also: [],
    without: ["x07-model-conformance"],
    isWhole: false,
  },
};

/** The checks of a profile, in the registry's order. */
export function selectChecks(
  checks: readonly Check<ReviewContext>[],
  { costs, also, without }: Profile,
): Check<ReviewContext>[] {
  return checks.filter(
    ({ id, cost }) => (costs.includes(cost) || also.includes(id)) && !without.includes(id),
  );
}
