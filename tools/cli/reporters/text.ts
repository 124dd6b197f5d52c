import type { GateReport } from "./gate-report.ts";

type CheckEntry = GateReport["checks"][number];
type DiagnosticEntry = CheckEntry["diagnostics"][number];

const HEADLINE: Readonly<Record<GateReport["verdict"], string>> = {
  ready: "ready to post",
  "ready-to-attest": "ready, but for what a person must state",
  clean: "no finding in the patches; this is no word on a series",
  "not-ready": "not ready",
  "not-run": "not ready: some checks did not run",
  error: "not ready: some checks failed to run",
};

/** A report for people: a line a finding, a line a check, one line for the whole. */
export function renderText(report: GateReport): string {
  const { series, profile } = report;
  const lines = report.checks.flatMap((check) => [...check.diagnostics.flatMap(findingLines)]);
  if (lines.length > 0) lines.push("");
  lines.push(...report.checks.flatMap((check) => listedLines(check, report.checks)));
  lines.push("");
  const count = `${series.patches.length} patches`;
  lines.push(`${series.name} ${series.stage} (${count}): ${headlineOf(report)}`);
  if (series.unfit !== undefined) lines.push(...`not judged: ${series.unfit}`.split("\n"));
  if (!profile.isWhole) {
    lines.push(`only the checks of profile '${profile.name}' ran; all of them: rfckit ready`);
  }
  return `${lines.join("\n")}\n`;
}

function headlineOf({ verdict, shard }: GateReport): string {
  if (shard === undefined) return HEADLINE[verdict];
  const part = `shard ${shard.index}/${shard.total}`;
  if (verdict !== "clean") return `${part}: ${HEADLINE[verdict]}`;
  return `no finding in ${part}; rfckit report merge gives the verdict of all`;
}

/** From this many on, checks that lack the same thing are one line. */
const MANY = 4;

function listedLines(check: CheckEntry, all: readonly CheckEntry[]): string[] {
  const { verdict } = check;
  if (verdict.kind !== "not-run") return checkLines(check);
  const same = all.filter((one) => isSameLack(one.verdict, verdict));
  if (same.length < MANY) return checkLines(check);
  if (same[0] !== check) return [];
  return [
    `not-run ${same.length} checks: ${verdict.missing}`,
    `        try: ${verdict.howToGet}`,
    `        which: ${same.map(({ id }) => id).join(" ")}`,
  ];
}

function isSameLack(a: CheckEntry["verdict"], b: CheckEntry["verdict"]): boolean {
  if (a.kind !== "not-run" || b.kind !== "not-run") return false;
  return a.missing === b.missing && a.howToGet === b.howToGet;
}

/** The line of one check, and what to do where it is not a plain pass. */
export function checkLines(check: CheckEntry): string[] {
  const { verdict } = check;
  const time = check.fromCache ? "cached" : `${(check.durationMs / 1000).toFixed(1)} s`;
  const lines = [`${verdict.kind.padEnd(7)} ${check.id}: ${check.summary} [${time}]`];
  if (verdict.kind === "attest") lines.push(`        state: ${verdict.statement}`);
  if (verdict.kind === "waived") lines.push(`        ${verdict.who}: ${verdict.reason}`);
  if (verdict.kind === "error") lines.push(`        ${verdict.message}`);
  if (verdict.kind === "not-run") {
    lines.push(`        missing: ${verdict.missing}`, `        try: ${verdict.howToGet}`);
  }
  const isBad = verdict.kind === "fail" || verdict.kind === "error";
  if (isBad && check.logFile !== undefined) lines.push(`        log: ${check.logFile}`);
  if (isBad && check.command !== undefined) lines.push(`        repeat: ${check.command}`);
  return lines;
}

function findingLines(finding: DiagnosticEntry): string[] {
  const { file = "series", line = 1, column = 1 } = finding.place ?? {};
  const lines = [`${file}:${line}:${column}: ${finding.severity}: ${finding.what} [${finding.id}]`];
  if (finding.fix !== undefined) {
    lines.push(...`fix: ${finding.fix.text}`.split("\n").map((text) => `    ${text}`));
    if (finding.fix.command !== undefined) lines.push(`    try: ${finding.fix.command}`);
  }
  return lines;
}
