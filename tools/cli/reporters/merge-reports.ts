import { judgeGate } from "../../../checks/run-gate.ts";
import { ToolError } from "../../lib/error.ts";
import type { GateReport } from "./gate-report.ts";

/** A report with the file that it was read from, for messages. */
export interface ReadReport {
  readonly file: string;
  readonly report: GateReport;
}

/**
 * Makes one report of those of all shards, with the verdict that the whole would have had.
 *
 * @param order ids of all checks, in the order of the whole
 * @throws ToolError (user) `reports-differ` when they are not of one run, `shard-missing`,
 *   `shard-twice`
 */
export function mergeReports(reports: readonly ReadReport[], order: readonly string[]): GateReport {
  const [first] = reports;
  if (first === undefined) throw refuse("shard-missing", "there are no reports to merge");
  const total = first.report.shard?.total;
  for (const { file, report } of reports) {
    if (report.shard === undefined) throw refuse("reports-differ", `'${file}' is of no shard`);
    const differs = DECIDING.find((part) => !isSame(first.report, report, part));
    if (differs === undefined && report.shard.total === total) continue;
    const what = `'${file}' is of another run than '${first.file}': ${differs ?? "shard"} differs`;
    throw refuse("reports-differ", what);
  }
  requireAll(reports, total ?? 0);
  const checks = reports
    .flatMap(({ report }) => report.checks)
    .toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  const { shard: _, ...head } = first.report;
  const entries = checks.map((result) => ({ result }));
  const { judgedAs, unfit } = head.series;
  return { ...head, checks, verdict: judgeGate(entries, judgedAs, unfit === undefined) };
}

/** What has to be equal in the reports of one run. */
const DECIDING = ["rfckit", "profile", "series"] as const;

function isSame(a: GateReport, b: GateReport, part: (typeof DECIDING)[number]): boolean {
  return JSON.stringify(a[part]) === JSON.stringify(b[part]);
}

function requireAll(reports: readonly ReadReport[], total: number): void {
  for (let index = 1; index <= total; index += 1) {
    const files = reports.filter(({ report }) => report.shard?.index === index);
    if (files.length === 1) continue;
    const names = files.map(({ file }) => `'${file}'`).join(" and ");
    if (files.length > 1) throw refuse("shard-twice", `${names} are both shard ${index}/${total}`);
    throw refuse("shard-missing", `there is no report of shard ${index}/${total}`);
  }
}

function refuse(code: string, message: string): ToolError {
  return new ToolError(message, {
    kind: "user",
    code,
    hints: ["rfckit ready --shard 1/3 --format json=FILE   (on each machine, the same series)"],
  });
}
