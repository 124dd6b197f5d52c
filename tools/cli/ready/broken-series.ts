import type { ReviewContext } from "../../../checks/context.ts";
import type { Check } from "../../../checks/contract.ts";
import type { GateEntry } from "../../../checks/run-gate.ts";
import type { ToolError } from "../../lib/error.ts";

/** There are no patches, so there is nothing that a finding could be about. */
const NOTHING_TO_JUDGE: readonly string[] = ["series-empty", "series-off-base"];

/**
 * The report on what cannot be read as a series: the round trip fails with the reason, and every
 * other check did not run. When there is nothing to judge, no check ran.
 */
export function entriesOfBrokenSeries(
  error: ToolError,
  checks: readonly Check<ReviewContext>[],
  file: string,
): GateEntry[] {
  const nothing = NOTHING_TO_JUDGE.includes(error.code);
  return checks.map((check) => {
    const entry = { check, fromCache: false, durationMs: 0 };
    const [what = error.code, ...rest] = error.message.split("\n");
    const [command] = error.hints;
    if (nothing || check.id !== "s23-round-trip") {
      const missing = nothing ? what : `the patches cannot be read: ${what}`;
      const howToGet = command ?? "see s23-round-trip";
      const verdict = { kind: "not-run", missing, howToGet } as const;
      return { ...entry, result: { verdict, diagnostics: [], summary: missing } };
    }
    const diagnostic = {
      id: `${check.id}/${error.code}`,
      severity: "error",
      what,
      why: check.why,
      fix: {
        text: ["mend the commits and export them", ...rest].join("\n"),
        ...(command === undefined ? {} : { command }),
      },
      place: { file },
    } as const;
    const result = { verdict: { kind: "fail" }, diagnostics: [diagnostic], summary: what } as const;
    return { ...entry, result };
  });
}
