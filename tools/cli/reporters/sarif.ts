import { isBad, noteOf, type ReportedCheck, type ReportedFinding } from "./findings.ts";
import type { GateReport } from "./gate-report.ts";

const SCHEMA =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const LEVEL = { error: "error", warning: "warning", info: "note" } as const;

/** SARIF 2.1.0: a rule a check, a result a finding; what did not run is a notification. */
export function renderSarif(report: GateReport): string {
  const { checks, rfckit } = report;
  const notes = checks.filter(({ verdict }) => ["not-run", "error"].includes(verdict.kind));
  const run = {
    tool: {
      driver: {
        name: "rfckit",
        version: rfckit,
        rules: checks.map(({ id, title, source }) => ({
          id,
          shortDescription: { text: title },
          help: { text: `Source: ${source}. rfckit explain ${id}` },
        })),
      },
    },
    invocations: [
      {
        executionSuccessful: !notes.some((check) => isBad(check, report)),
        toolExecutionNotifications: notes.map((check) => notify(check, isBad(check, report))),
      },
    ],
    columnKind: "utf16CodeUnits",
    results: checks.flatMap((check, index) =>
      check.diagnostics.map((finding) => resultOf(finding, index)),
    ),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function notify(check: ReportedCheck, isFailure: boolean): object {
  return {
    level: isFailure ? "error" : "note",
    message: { text: noteOf(check) },
    associatedRule: { id: check.id },
  };
}

function resultOf({ id, severity, what, fix, place }: ReportedFinding, index: number): object {
  const text = fix === undefined ? what : `${what}\nfix: ${fix.text}`;
  const region = {
    ...(place?.line === undefined ? {} : { startLine: place.line }),
    ...(place?.line === undefined || place.column === undefined
      ? {}
      : { startColumn: place.column }),
  };
  const location = {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(place?.file ?? "patches/series.yaml") },
      ...(place?.line === undefined ? {} : { region }),
    },
  };
  return {
    ruleId: id,
    rule: { index },
    level: LEVEL[severity],
    message: { text },
    locations: [location],
  };
}
