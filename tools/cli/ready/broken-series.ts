import { relative } from "node:path";
import type { ReviewContext } from "../../../checks/context.ts";
import type { Check } from "../../../checks/contract.ts";
import type { GateEntry } from "../../../checks/run-gate.ts";
import type { ToolError } from "../../lib/error.ts";

/**
 * The report on a series whose patches make no commits: the round trip fails with the reason, and
 * every check that needs the commits did not run.
 */
export function entriesOfBrokenSeries(
  error: ToolError,
  checks: readonly Check<ReviewContext>[],
  folder: { readonly dir: string; readonly projectDir: string },
): GateEntry[] {
  return checks.map((check) => {
    const entry = { check, fromCache: false, durationMs: 0 };
    if (check.id !== "s23-round-trip") {
      const missing = "the patches do not make commits on the base";
      const howToGet = "see s23-round-trip";
      const verdict = { kind: "not-run", missing, howToGet } as const;
      return { ...entry, result: { verdict, diagnostics: [], summary: missing } };
    }
    const [what = error.code, ...rest] = error.message.split("\n");
    const [command] = error.hints;
    const diagnostic = {
      id: `${check.id}/${error.code}`,
      severity: "error",
      what,
      why: check.why,
      fix: {
        text: ["mend the commits and export them", ...rest].join("\n"),
        ...(command === undefined ? {} : { command }),
      },
      place: { file: relative(folder.projectDir, folder.dir) },
    } as const;
    const result = { verdict: { kind: "fail" }, diagnostics: [diagnostic], summary: what } as const;
    return { ...entry, result };
  });
}
