import type { ConformanceOutcome, ReviewContext } from "../context.ts";
import type { Check, Diagnostic } from "../contract.ts";
import { touchesInterface } from "./interface.ts";

const ID = "x07-model-conformance";
const WHY = "userspace must see what the reference model and the documentation say";
const SHOWN_FAILURES = 10;

/** The patched kernel, booted in QEMU, answers every vector as the reference model predicts. */
export const x07ModelConformance: Check<ReviewContext> = {
  id: ID,
  title: "the booted kernel does what the reference model predicts",
  why: WHY,
  source: "project",
  cost: "minutes",
  page: {
    fix: "mend the kernel or the model, whichever the table of errors contradicts",
    bad: "0 for a hint with an unknown flag, where the model says EINVAL",
    good: "every vector agrees",
  },
  async inputs({ patches, keys }) {
    if (!patches.some(touchesInterface)) return ["another series"];
    return [await keys.verify(), patches.at(-1)?.tree ?? "no patches"];
  },
  async run(context) {
    if (!context.patches.some(touchesInterface)) {
      const summary = "the patches do not touch /dev/hbfctl: nothing to compare";
      return { verdict: { kind: "pass" }, diagnostics: [], summary };
    }
    const outcome = await context.effects.verify();
    const evidence = { logFile: outcome.logFile, command: outcome.command };
    if (outcome.kind === "pass") {
      return {
        verdict: { kind: "pass" },
        diagnostics: [],
        summary: `${outcome.vectors} vectors agree`,
        ...evidence,
      };
    }
    if (outcome.isInfrastructure) {
      return {
        verdict: { kind: "error", message: `${outcome.kind}: ${outcome.detail}` },
        diagnostics: [],
        summary: outcome.kind,
        ...evidence,
      };
    }
    return {
      verdict: { kind: "fail" },
      diagnostics: diagnose(outcome),
      summary: `${outcome.kind}: ${outcome.detail}`,
      ...evidence,
    };
  },
};

function diagnose(outcome: ConformanceOutcome): Diagnostic[] {
  const common = { id: `${ID}/${outcome.kind}`, severity: "error", why: WHY } as const;
  if (outcome.failures.length === 0) {
    return [{ ...common, what: outcome.detail, place: { file: outcome.logFile } }];
  }
  return outcome.failures.slice(0, SHOWN_FAILURES).map((failure) => ({
    ...common,
    what:
      `vector '${failure.vector}' (${failure.title}): ` +
      `predicted ${failure.predicted}, observed ${failure.observed}`,
    fix: {
      text: `the vector as a program:\n${failure.program}`,
      command: `rfckit vectors --explain ${failure.vector}`,
    },
    place: { file: outcome.logFile },
  }));
}
