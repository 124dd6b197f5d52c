import { isBad, noteOf, placeOf, type ReportedCheck } from "./findings.ts";
import type { GateReport } from "./gate-report.ts";

/** KTAP, as the kernel's own tests speak it; what should have run and did not is not ok. */
export function renderKtap(report: GateReport): string {
  const { checks } = report;
  return [
    "KTAP version 1",
    `1..${checks.length}`,
    ...checks.flatMap((check, at) => [
      ...check.diagnostics.map(
        (one) => `# ${line(`${placeOf(one)}: ${one.severity}: ${one.what} [${one.id}]`)}`,
      ),
      resultLine(check, at + 1, isBad(check, report)),
    ]),
    "",
  ].join("\n");
}

function resultLine(check: ReportedCheck, number: number, isFailure: boolean): string {
  const note = line(noteOf(check));
  const start = `${isFailure ? "not ok" : "ok"} ${number} ${check.id}`;
  const isSkipped = ["attest", "not-run"].includes(check.verdict.kind) && !isFailure;
  if (isSkipped) return `${start} # SKIP ${note}`;
  return `${start} # ${note === "" ? line(check.summary) : note}`;
}

/** A result is one line, and `#` begins what is said about it. */
function line(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll("#", "\\#").trim();
}
