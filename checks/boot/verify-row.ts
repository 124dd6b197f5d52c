import type { ConformanceFailure, ConformanceOutcome, ReviewContext } from "../context.ts";
import type { Check, CheckResult } from "../contract.ts";
import { touchesInterface } from "./interface.ts";

/** A rule that the run of the vectors answers beside its main question. */
export interface VerifyRow extends Pick<Check<ReviewContext>, "id" | "title" | "why" | "source"> {
  /** The build of `rfckit verify` whose run is asked; the lean one unless said. */
  readonly build?: string;
  readonly fix: string;
  readonly bad: string;
  readonly good: string;
  /** What the run says against the rule, one line each; none when it is kept. */
  readonly problemsIn: (outcome: ConformanceOutcome) => readonly string[];
}

/** Makes a check of one aspect of the run in the virtual machine; the run is made once for all. */
export function defineVerifyRow(row: VerifyRow): Check<ReviewContext> {
  const { id, title, why, source, fix, bad, good, build } = row;
  return {
    id,
    title,
    why,
    source,
    cost: "minutes",
    page: { fix, bad, good },
    async inputs({ patches, keys }) {
      if (!patches.some(touchesInterface)) return ["another series"];
      return [build ?? "lean", await keys.verify(), patches.at(-1)?.tree ?? "no patches"];
    },
    async run(context): Promise<CheckResult> {
      if (!context.patches.some(touchesInterface)) {
        const summary = "the patches do not touch /dev/hbfctl: nothing was run";
        return { verdict: { kind: "pass" }, diagnostics: [], summary };
      }
      const outcome = await context.effects.verify(build);
      const { logFile, command, isInfrastructure, kind, detail } = outcome;
      if (isInfrastructure) {
        const message = `${kind}: ${detail}`;
        return { verdict: { kind: "error", message }, diagnostics: [], summary: kind, logFile };
      }
      const problems = row.problemsIn(outcome);
      const diagnostics = problems.map((what) => {
        const text = `${fix}; see the log`;
        return {
          id,
          severity: "error",
          what,
          why,
          fix: { text, command },
          place: { file: logFile },
        };
      }) as CheckResult["diagnostics"];
      return {
        verdict: { kind: problems.length === 0 ? "pass" : "fail" },
        diagnostics,
        summary: `${outcome.vectors} vectors, ${problems.length} findings`,
        logFile,
        command,
      };
    },
  };
}

/** The failures of a run as lines. */
export function linesOf(failures: readonly ConformanceFailure[]): string[] {
  return failures.map(({ vector, title, predicted, observed }) => {
    return `vector '${vector}' (${title}): predicted ${predicted}, observed ${observed}`;
  });
}
