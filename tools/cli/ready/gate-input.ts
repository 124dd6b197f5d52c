import type {
  ReviewedCover,
  ReviewedPatch,
  ReviewOrigin,
  RoundTripOutcome,
} from "../../../checks/context.ts";
import type { Place } from "../../../checks/contract.ts";
import type { JudgedAs } from "../../../checks/run-gate.ts";
import type { SeriesConfig } from "../../lib/config/series-schema.ts";
import { ToolError } from "../../lib/error.ts";
import type { KernelTree } from "../../lib/kernel/find-tree.ts";
import type { FormerCommits } from "./former-version.ts";

/** A kernel tree with the commit that the patches apply to. */
export interface KernelBase {
  readonly tree: KernelTree;
  /** Full id of a commit. */
  readonly base: string;
  /** Full id of the commit that readers have, when patches of another stage come before these. */
  readonly published?: string;
}

/** What is judged, wherever it came from. */
export interface GateInput {
  readonly origin: ReviewOrigin;
  readonly judgedAs: JudgedAs;
  /** Name of the series and of what is judged of it, for the report. */
  readonly name: string;
  readonly stage: string;
  readonly version: number;
  readonly recipients: SeriesConfig["recipients"];
  readonly waivers: SeriesConfig["waivers"];
  readonly cover: ReviewedCover | undefined;
  readonly patches: readonly ReviewedPatch[];
  /** Full id, or empty when nobody names one. */
  readonly baseCommit: string;
  /** Or why there is none. */
  readonly kernel: KernelBase | ToolError;
  /** Why the patches make no commits; undefined when they do. */
  readonly withoutCommits: ToolError | undefined;
  /** Why no verdict on the mails can be given, whatever is found in them; see `findUnfit`. */
  readonly unfit: ToolError | undefined;
  /** True when a kernel of these patches must have the options of the shipped feature. */
  readonly featureExpected: boolean;
  /** The version before, when somebody says which it is. */
  readonly former?: () => Promise<FormerCommits | undefined>;
  /** Absolute path of an mbox with the answers to earlier versions. */
  readonly replies?: string;
  readonly roundTrip: () => Promise<RoundTripOutcome>;
  /** For mails that are in a file with others: the place in that file of a place in the mail. */
  readonly placeOf?: (place: Place) => Place;
}

/** The kernel tree of an input. @throws ToolError (environment) why there is none */
export function requireKernel({ kernel }: Pick<GateInput, "kernel">): KernelBase {
  if (kernel instanceof ToolError) throw kernel;
  return kernel;
}

/** As `requireKernel`, for what looks at the commits. @throws ToolError (environment) */
export function requireCommits(input: Pick<GateInput, "kernel" | "withoutCommits">): KernelBase {
  const kernel = requireKernel(input);
  const { withoutCommits: cause } = input;
  if (cause === undefined) return kernel;
  throw new ToolError(cause.message, {
    kind: "environment",
    code: "no-commits",
    hints: cause.hints,
    cause,
  });
}

/** What is wrong with patches is to be judged; any other failure goes on its way. */
export function keepFindings(error: unknown): ToolError {
  if (error instanceof ToolError && error.kind === "user") return error;
  throw error;
}
