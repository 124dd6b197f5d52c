import { noteOf, placeOf, type ReportedCheck } from "./findings.ts";
import type { GateReport } from "./gate-report.ts";

/** JUnit XML: a test case a check; what did not run is an error, as it must not look good. */
export function renderJunit({ checks, series }: GateReport): string {
  const count = (...kinds: string[]): number =>
    checks.filter(({ verdict }) => kinds.includes(verdict.kind)).length;
  const seconds = checks.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;
  const name = `${series.name} ${series.stage}`;
  const numbers = [
    `tests="${checks.length}" failures="${count("fail")}"`,
    `errors="${count("not-run", "error")}" skipped="${count("attest")}"`,
    `time="${seconds.toFixed(3)}"`,
  ].join(" ");
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="rfckit" ${numbers}>`,
    `  <testsuite name=${quote(name)} ${numbers}>`,
    ...checks.map(renderCase),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function renderCase(check: ReportedCheck): string {
  const { id, title, durationMs } = check;
  const time = (durationMs / 1000).toFixed(3);
  const open = `    <testcase name=${quote(title)} classname=${quote(id)} time="${time}">`;
  return `${open}${bodyOf(check)}</testcase>`;
}

function bodyOf(check: ReportedCheck): string {
  const { verdict, summary, diagnostics } = check;
  const note = noteOf(check);
  switch (verdict.kind) {
    case "pass":
      return "";
    case "waived":
      return `<system-out>${escapeXml(note)}</system-out>`;
    case "attest":
      return `<skipped message=${quote(note)}/>`;
    case "fail": {
      const lines = diagnostics.map((one) => `${placeOf(one)}: ${one.what} [${one.id}]`);
      return `<failure message=${quote(summary)}>${escapeXml(lines.join("\n"))}</failure>`;
    }
    default:
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
