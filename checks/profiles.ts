import type { ReviewContext } from "./context.ts";
import type { Check, Cost } from "./contract.ts";

/** A request for comments, or patches that ask to be merged. */
export type Posting = "rfc" | "patch";

/** Which checks a run of the gate makes. */
export interface Profile {
  readonly title: string;
  /** Checks of these costs run. */
  readonly costs: readonly Cost[];
  /** Ids that run whatever they cost, and ids that don't; `also` wins. */
  readonly also: readonly string[];
  readonly without: readonly string[];
  /** What the patches are posted as: one of both kinds must not look like the other. */
  readonly posting: Posting;
  /** True when a warning, or a statement that nobody has made yet, keeps a series from passing. */
  readonly isStrict: boolean;
  /** True when a pass says that the series is ready; others say so only of what they look at. */
  readonly isWhole: boolean;
}

/** The name of the profile that is taken unless another is asked for. */
export const DEFAULT_PROFILE = "rfc";

/** Rules that ask tools of half a minute for each patch, and that not every machine has. */
const MORE_TOOLS: readonly string[] = ["t10-coccinelle", "d03-htmldocs-clean"];

/** Matrices of builds that take many minutes. */
const SLOW: readonly string[] = [
  ...["b02-common-configs", "b05-other-architectures", "b07-smp-and-preempt"],
  ...["k05-builds-on-and-off", "k06-builds-without-related", "k07-builds-at-random"],
];

/** Rules that boot a kernel which has to be built for them, and is slow. */
const DEBUGGING: readonly string[] = [
  ...["x02-debug-config", "x03-lockdep-alive", "x05-failures-injected", "x06-sanitizers-quiet"],
  "x04-paths-exercised",
];

/** Rules that boot a virtual machine. */
const BOOTING: readonly string[] = [
  ...["x01-boots-quietly", "x07-model-conformance", "u09-errors-of-bad-calls", "u10-no-leak"],
  "f04-selftests-run",
];

/** Every profile by its name. */
export const PROFILES: Readonly<Record<string, Profile>> = {
  texts: {
    title: "texts alone: patches, messages, mails",
    costs: ["instant"],
    also: [],
    without: [],
    posting: "rfc",
    isStrict: false,
    isWhole: false,
  },
  static: {
    title: "also the kernel's scripts and git: nothing is built or booted",
    costs: ["instant", "seconds"],
    also: [],
    without: [],
    posting: "rfc",
    isStrict: false,
    isWhole: false,
  },
  quick: {
    title: "texts and checkpatch: nothing is built",
    costs: ["instant"],
    also: ["t01-checkpatch"],
    without: [],
    posting: "rfc",
    isStrict: false,
    isWhole: false,
  },
  rfc: {
    title: "what an RFC has to pass before it is posted: all but matrices of builds",
    costs: ["instant", "seconds", "minutes"],
    also: [],
    without: [...MORE_TOOLS, ...SLOW, ...DEBUGGING],
    posting: "rfc",
    isStrict: false,
    isWhole: true,
  },
  ci: {
    title: "also the matrices of builds, but nothing that boots a virtual machine",
    costs: ["instant", "seconds", "minutes"],
    also: [],
    without: [...BOOTING, ...DEBUGGING],
    posting: "rfc",
    isStrict: false,
    isWhole: false,
  },
  v1: {
    title: "every check, stricter: what patches have to pass that ask to be merged",
    costs: ["instant", "seconds", "minutes"],
    also: [],
    without: [],
    posting: "patch",
    isStrict: true,
    isWhole: true,
  },
};

/**
 * What single patches without a cover letter are judged by: rules about the shape of a series and
 * about its letter say nothing of them.
 */
export const PATCH_SCOPE = {
  withoutGroups: ["s"],
  also: [
    "s05-no-fixup-commits",
    "s06-subjects-unique",
    "s11-message-survives-mail",
    "s23-round-trip",
  ],
  without: ["r04-man-page-note"],
} as const;

/** The checks of a profile, in the registry's order. */
export function selectChecks(
  checks: readonly Check<ReviewContext>[],
  { costs, also, without }: Pick<Profile, "costs" | "also" | "without">,
): Check<ReviewContext>[] {
  return checks.filter(
    ({ id, cost }) => also.includes(id) || (costs.includes(cost) && !without.includes(id)),
  );
}

/** Those of the checks that are about a patch alone. */
export function checksOfPatches(checks: readonly Check<ReviewContext>[]): Check<ReviewContext>[] {
  const { withoutGroups, also, without } = PATCH_SCOPE;
  const named = (ids: readonly string[], id: string): boolean => ids.includes(id);
  return checks.filter(
    ({ id }) => named(also, id) || !(named(withoutGroups, id.charAt(0)) || named(without, id)),
  );
}
