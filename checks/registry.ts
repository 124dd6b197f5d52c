import { x07ModelConformance } from "./boot/x07-model-conformance.ts";
import { b01EachCommitBuilds } from "./build/b01-each-commit-builds.ts";
import type { ReviewContext } from "./context.ts";
import type { Check } from "./contract.ts";
import { m01AuthorSignOff } from "./message/m01-author-sign-off.ts";
import { s23RoundTrip } from "./series/s23-round-trip.ts";
import { t01Checkpatch } from "./static/t01-checkpatch.ts";

/** Every check of the gate, cheapest first: this is the order in which they run and report. */
export const CHECKS: readonly Check<ReviewContext>[] = [
  m01AuthorSignOff,
  s23RoundTrip,
  t01Checkpatch,
  b01EachCommitBuilds,
  x07ModelConformance,
];
