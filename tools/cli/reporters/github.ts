import { findingsOf, isBad, noteOf, type ReportedFinding } from "./findings.ts";
import type { GateReport } from "./gate-report.ts";

/** GitHub shows ten annotations of each kind for a step and drops the rest in silence. */
const MOST = 10;
const LEVEL = { error: "error", warning: "warning", info: "notice" } as const;

/** Workflow commands for GitHub Actions: an annotation for each of the gravest findings. */
export function renderGithub(report: GateReport): string {
  const findings = findingsOf(report);
  const blind = report.checks.filter(
    (check) => isBad(check, report) && check.diagnostics.length === 0,
  );
  const lines = [
    ...blind.map((check) => command("error", { title: check.id }, noteOf(check) || check.summary)),
    ...findings.map(annotate),
  ];
  const rest = lines.length - MOST;
  const more = `${rest} more: the summary of the step has all`;
  return [
    ...lines.slice(0, MOST),
    ...(rest > 0 ? [command("notice", { title: "rfckit" }, more)] : []),
    `${report.series.name} ${report.series.stage}: ${report.verdict}`,
    "",
  ].join("\n");
}

function annotate({ severity, what, id, place, fix }: ReportedFinding): string {
  const properties = {
    ...(place?.file === undefined ? {} : { file: place.file }),
    ...(place?.line === undefined ? {} : { line: String(place.line) }),
    ...(place?.column === undefined ? {} : { col: String(place.column) }),
    title: id,
  };
  const text = fix === undefined ? what : `${what}\nfix: ${fix.text}`;
  return command(LEVEL[severity], properties, text);
}

/** Text of patches is data: nothing in it may end the line or begin a command of its own. */
function command(name: string, properties: Readonly<Record<string, string>>, text: string): string {
  const list = Object.entries(properties).map(
    ([key, value]) => `${key}=${escapeData(value).replaceAll(":", "%3A").replaceAll(",", "%2C")}`,
  );
  return `::${name} ${list.join(",")}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
