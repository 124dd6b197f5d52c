import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ToolError } from "../../lib/error.ts";
import { gateReportSchema } from "./gate-report.ts";
import type { ReadReport } from "./merge-reports.ts";

/**
 * Reads a report that `rfckit ready --format json=FILE` wrote.
 *
 * @throws ToolError `report-unreadable` (user)
 */
export async function readReport(file: string, cwd: string): Promise<ReadReport> {
  try {
    const text = await readFile(resolve(cwd, file), "utf8");
    return { file, report: gateReportSchema.parse(JSON.parse(text)) };
  } catch (cause) {
    throw new ToolError(`'${file}' is no report of this version of rfckit ready`, {
      kind: "user",
      code: "report-unreadable",
      hints: ["rfckit ready --format json=FILE"],
      cause,
    });
  }
}
