import type { BuildOutcome, ConformanceOutcome, ReviewedPatch } from "../../../checks/context.ts";

/** The work that builds and boots kernels, as the gate sees it. */
export interface LabWork {
  /** Everything beside the tree that decides a build. */
  buildKey(): Promise<string>;
  /** Everything beside the tree that decides a verification. */
  verifyKey(): Promise<string>;
  buildCommit(patch: ReviewedPatch): Promise<BuildOutcome>;
  verify(build?: string): Promise<ConformanceOutcome>;
}
