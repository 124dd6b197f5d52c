import { findingsOf, noteOf, placeOf, type ReportedFinding } from "./findings.ts";
import type { GateReport } from "./gate-report.ts";

/** A report to paste or to show as the summary of a CI step. */
export function renderMarkdown(report: GateReport): string {
  const { series, verdict, profile, checks } = report;
  const findings = findingsOf(report);
  const partial = profile.isWhole ? "" : ` (profile ${code(profile.name)} only)`;
  return [
    `## ${plain(`${series.name} ${series.stage}`)}: ${verdict}${partial}`,
    "",
    "| verdict | check | what |",
    "| --- | --- | --- |",
    ...checks.map((check) => {
      const what = [check.summary, noteOf(check)].filter((part) => part !== "").join("; ");
      return `| ${check.verdict.kind} | ${code(check.id)} | ${plain(what)} |`;
    }),
    ...(findings.length === 0 ? [] : ["", `### ${findings.length} findings`, ""]),
    ...findings.map(renderFinding),
    "",
  ].join("\n");
}

function renderFinding(finding: ReportedFinding): string {
  const { severity, what, id, fix } = finding;
  const advice = fix === undefined ? "" : `; ${plain(fix.text)}`;
  return `- ${code(placeOf(finding))} ${severity}: ${plain(what)} (${code(id)})${advice}`;
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_[\]<>|#~]/g, "\\$&");
}

/** Code can hold anything but its own end, and in a table no bar. */
function code(text: string): string {
  const inside = text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
  return inside.includes("`") ? `\`\` ${inside} \`\`` : `\`${inside}\``;
}
