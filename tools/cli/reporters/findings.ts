import type { GateReport } from "./gate-report.ts";

export type ReportedCheck = GateReport["checks"][number];
export type ReportedFinding = ReportedCheck["diagnostics"][number];

const GRAVITY: readonly ReportedFinding["severity"][] = ["error", "warning", "info"];

/** Every finding of a report, the gravest first, in the order of the checks. */
export function findingsOf({ checks }: GateReport): ReportedFinding[] {
  const all = checks.flatMap(({ diagnostics }) => diagnostics);
  return all.sort((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity));
}

/** What is to be said of a verdict in one line; empty for a plain pass or fail. */
export function noteOf({ verdict }: ReportedCheck): string {
  switch (verdict.kind) {
    case "pass":
    case "fail":
      return "";
    case "waived":
      return `waived by ${verdict.who}: ${verdict.reason}`;
    case "attest":
      return `to be stated by a person: ${verdict.statement}`;
    case "not-run":
      return `not run: ${verdict.missing}; try: ${verdict.howToGet}`;
    case "error":
      return `failed to run: ${verdict.message}`;
  }
}

/**
 * True for what keeps a series from being ready. Of single patches without a tree only the texts
 * can be judged, and what needs more keeps nothing from passing.
 */
export function isBad(
  { verdict }: Pick<ReportedCheck, "verdict">,
  whole: Pick<GateReport, "verdict">,
): boolean {
  if (verdict.kind === "not-run") return whole.verdict !== "clean";
  return verdict.kind === "fail" || verdict.kind === "error";
}

/** `file:line:column` of a finding; `series` when it belongs to no file. */
export function placeOf({ place }: ReportedFinding): string {
  if (place?.file === undefined) return "series";
  return [place.file, place.line, place.column].filter((part) => part !== undefined).join(":");
}
