import { isBad, noteOf, placeOf, type ReportedCheck } from "./findings.ts";
import type { GateReport } from "./gate-report.ts";

/** JUnit XML: a test case a check; what should have run and did not is an error, not a skip. */
export function renderJunit(report: GateReport): string {
  const { checks, series } = report;
  const outcomes = checks.map((check) => outcomeOf(check, isBad(check, report)));
  const count = (outcome: ReturnType<typeof outcomeOf>): number =>
    outcomes.filter((one) => one === outcome).length;
  const seconds = checks.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;
  const name = `${series.name} ${series.stage}`;
  const numbers = [
    `tests="${checks.length}" failures="${count("failure")}"`,
    `errors="${count("error")}" skipped="${count("skipped")}"`,
    `time="${seconds.toFixed(3)}"`,
  ].join(" ");
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="rfckit" ${numbers}>`,
    `  <testsuite name=${quote(name)} ${numbers}>`,
    ...checks.map((check, at) => renderCase(check, outcomes[at] ?? "error")),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function outcomeOf({ verdict }: ReportedCheck, isFailure: boolean) {
  if (verdict.kind === "pass" || verdict.kind === "waived") return "good";
  if (verdict.kind === "fail") return "failure";
  return isFailure ? "error" : "skipped";
}

function renderCase(check: ReportedCheck, outcome: ReturnType<typeof outcomeOf>): string {
  const { id, title, durationMs } = check;
  const time = (durationMs / 1000).toFixed(3);
  const open = `    <testcase name=${quote(title)} classname=${quote(id)} time="${time}">`;
  return `${open}${bodyOf(check, outcome)}</testcase>`;
}

function bodyOf(check: ReportedCheck, outcome: ReturnType<typeof outcomeOf>): string {
  const { verdict, summary, diagnostics } = check;
  const note = noteOf(check);
  switch (outcome) {
    case "good":
      return note === "" ? "" : `<system-out>${escapeXml(note)}</system-out>`;
    case "skipped":
      return `<skipped message=${quote(note)}/>`;
    case "failure": {
      const lines = diagnostics.map((one) => `${placeOf(one)}: ${one.what} [${one.id}]`);
      return `<failure message=${quote(summary)}>${escapeXml(lines.join("\n"))}</failure>`;
    }
    case "error":
      return `<error type="${verdict.kind}" message=${quote(note)}/>`;
  }
}

function quote(text: string): string {
  return `"${escapeXml(text).replaceAll('"', "&quot;").replaceAll("\n", "&#10;")}"`;
}

/** XML 1.0 has no way to write most control characters. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
