import { mergeCoverage } from "../../lib/coverage/coverage.ts";
import { ToolError } from "../../lib/error.ts";
import { NO_FAULTS } from "../../lib/verify/judge-faults.ts";
import { joinShares } from "../../lib/verify/run-shares.ts";
import type { VectorsReport } from "../../lib/verify/verify-report.ts";

/** A report of `rfckit verify --format json`, with the file that it was read from. */
export interface ReadVerify {
  readonly file: string;
  readonly report: VectorsReport;
}

/** What has to be equal in the reports of one run. */
const DECIDING = ["stage", "seed", "set", "topology", "arch", "sample", "build", "treeId"] as const;

/**
 * Makes one report of those of all shards of `rfckit verify`.
 *
 * @throws ToolError (user) `reports-differ`, `shard-missing`, `shard-twice`
 */
export function mergeVerify(reports: readonly ReadVerify[]): VectorsReport {
  const [first] = reports;
  if (first === undefined) throw refuse("shard-missing", "there are no reports to merge");
  const total = first.report.shard?.total ?? 0;
  for (const { file, report } of reports) {
    const differs = DECIDING.find((part) => report[part] !== first.report[part]);
    if (differs === undefined && report.shard?.total === total && total > 0) continue;
    const what = `'${file}' is of another run than '${first.file}': ${differs ?? "shard"} differs`;
    throw refuse("reports-differ", what);
  }
  for (let index = 1; index <= total; index += 1) {
    const count = reports.filter(({ report }) => report.shard?.index === index).length;
    if (count > 1) throw refuse("shard-twice", `${count} reports are of shard ${index}/${total}`);
    if (count === 0) throw refuse("shard-missing", `there is no report of shard ${index}/${total}`);
  }
  return joinReports(reports.map(({ report }) => report));
}

function joinReports(reports: readonly VectorsReport[]): VectorsReport {
  const [first] = reports;
  if (first === undefined) throw new RangeError("nothing to join");
  const { shard: _, ...head } = first;
  const joined = joinShares(
    reports.map((one) => ({
      ...{ findings: one.findings, total: one.totalVectors, agreeing: one.agreeingVectors },
      ...{ notRun: one.notRunVectors, guests: one.guests, extras: [] },
      faults: one.faults ?? NO_FAULTS,
    })),
    [],
  );
  const worst = (["fail", "error", "pass"] as const).find((verdict) => {
    return reports.some((one) => one.verdict === verdict);
  });
  const lead = reports.find((one) => one.verdict === worst);
  const counted = reports.flatMap(({ coverage }) => (coverage === undefined ? [] : [coverage]));
  return {
    ...head,
    ...{ verdict: worst ?? "error", outcome: lead?.outcome ?? first.outcome },
    ...{ findings: joined.findings, totalVectors: joined.total, guests: joined.guests },
    ...{ agreeingVectors: joined.agreeing, notRunVectors: joined.notRun },
    ...(first.faults !== undefined && { faults: joined.faults }),
    ...(counted.length > 0 && { coverage: mergeCoverage(counted) }),
    cached: reports.every(({ cached }) => cached),
  };
}

function refuse(code: string, message: string): ToolError {
  return new ToolError(message, {
    kind: "user",
    code,
    hints: ["rfckit verify --shard 1/3 --format json > FILE   (on each machine, the same series)"],
  });
}
