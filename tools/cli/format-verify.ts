import type { BuildError } from "../lib/build/build-errors.ts";
import { summarize } from "../lib/coverage/coverage.ts";
import { formatShare } from "../lib/coverage/format-coverage.ts";
import type { Finding } from "../lib/verify/outcome.ts";
import type { VectorsReport, VerifyReport } from "../lib/verify/verify-report.ts";

/** Findings that the text shows in full; the others are counted. */
const SHOWN_FINDINGS = 5;
const SHOWN_ERRORS = 20;

/** A verdict for people: the shortest failing vector leads. */
export function formatVerify(report: VerifyReport): string {
  if (report.outcome === "build-failed") {
    return `verify: fail: the kernel does not build\n${formatBuildErrors(report)}`;
  }
  if (report.outcome === "not-run") {
    return `verify: not run: topology ${report.topology}: ${report.reason}\n`;
  }
  const head = `verify: ${report.verdict}${report.verdict === "pass" ? "" : `: ${report.outcome}`}`;
  const lines = [
    `${head}${report.cached ? " (cached)" : ""}`,
    ...[`  ${countVectors(report)}`, `  ${describeMachine(report)}`],
    ...describeEvidence(report),
    ...report.findings.slice(0, SHOWN_FINDINGS).flatMap(formatFinding),
    ...formatReproducer(report),
    ...formatRest(report),
  ];
  return `${lines.join("\n")}\n`;
}

/** The errors of a build, one a line as compilers write them, and where to read on. */
export function formatBuildErrors(failure: {
  readonly errors: readonly BuildError[];
  readonly logFile: string;
  readonly command: string;
}): string {
  const lines = failure.errors.slice(0, SHOWN_ERRORS).map(({ file, line, column, text }) => {
    const place = [file, line, column].filter((part) => part !== undefined).join(":");
    return place === "" ? `error: ${text}` : `${place}: error: ${text}`;
  });
  return `${[...lines, `log: ${failure.logFile}`, `again: ${failure.command}`].join("\n")}\n`;
}

function countVectors(report: VectorsReport): string {
  const { totalVectors, agreeingVectors, notRunVectors, seed, stage, caller } = report;
  const failing = totalVectors - agreeingVectors - notRunVectors;
  const missing = notRunVectors === 0 ? "" : `, ${notRunVectors} not carried out to their end`;
  const agree = `${agreeingVectors} of ${totalVectors} vectors agree with the model`;
  const part = report.sample === undefined ? "" : ` (every ${report.sample}th)`;
  const who = caller === undefined ? "" : `, as ${caller}`;
  return `stage ${stage}, seed ${seed}${who}: ${agree}${part}, ${failing} differ${missing}`;
}

function describeMachine(report: VectorsReport): string {
  const { topology, build, arch, accel, accelReason, guests, timings, kernelFromCache } = report;
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  const kernel = `kernel ${kernelFromCache ? "cached" : "built"} in ${seconds(timings.buildMs)}`;
  const count = guests.length === 1 ? "1 guest" : `${guests.length} guests`;
  const run = `${count} in ${seconds(timings.guestsMs)}`;
  const on = arch === undefined ? "" : `${arch}, `;
  return `${on}build ${build}, topology ${topology}, ${accel} (${accelReason}), ${kernel}, ${run}`;
}

function describeEvidence({ coverage, faults, platform }: VectorsReport): string[] {
  const there = platform && [
    `  against x86-64: ${platform.changed} vectors have another answer, ` +
      `${platform.dropped} have none and are left out`,
  ];
  const files = (coverage?.files ?? []).map((file) => {
    const all = summarize([file]);
    return `  ${file.path}: lines ${formatShare(all.lines)}, branches ${formatShare(all.branches)}`;
  });
  const lines = [...(there ?? []), ...files];
  if (faults === undefined) return lines;
  const returned = Object.entries(faults.returned).map(([ret, count]) => `${count} gave ${ret}`);
  return [...lines, `  ${faults.injected} calls made to fail: ${returned.sort().join(", ")}`];
}

function formatFinding(finding: Finding): string[] {
  const { vector, kind, what, consoleLines } = finding;
  const console = consoleLines.map((line) => `    | ${line}`);
  if (vector === undefined) return [`  ${kind}: ${what}`, ...console];
  const program = vector.program.map((line, index) => {
    return `    ${index === vector.step ? ">" : " "} ${line}`;
  });
  return [
    `  ${kind}: vector ${vector.id}: ${vector.title}`,
    ...program,
    `    predicted ${vector.predicted}`,
    `    observed  ${vector.observed}`,
    ...(kind === "differs" ? [`    ${what}`] : []),
    ...console,
  ];
}

function formatReproducer({ reproducer }: VectorsReport): string[] {
  if (reproducer === undefined) return [];
  const { program, vectors, runs, file } = reproducer;
  const size = `${vectors === 1 ? "1 vector" : `${vectors} vectors`}, found with ${runs} guests`;
  return [`  shortest reproducer (${size}): ${file}`, ...program.map((line) => `      ${line}`)];
}

function formatRest(report: VectorsReport): string[] {
  if (report.findings.length === 0) return [];
  const hidden = report.findings.length - SHOWN_FINDINGS;
  const first = report.guests[0];
  return [
    ...(hidden > 0 ? [`  and ${hidden} more findings (--format json has all)`] : []),
    `  files: ${report.runDir}`,
    ...(first === undefined ? [] : [`  again: ${first.command}`]),
  ];
}
