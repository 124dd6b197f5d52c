import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { VectorsReport } from "../../lib/verify/verify-report.ts";
import type { ReadVerify } from "./merge-verify.ts";

/**
 * Reads reports that `rfckit verify --format json` wrote; undefined when the first is none, so that
 * they are taken for those of another command.
 */
export async function readVerifyReports(
  files: readonly string[],
  cwd: string,
): Promise<readonly ReadVerify[] | undefined> {
  const reports: ReadVerify[] = [];
  for (const file of files) {
    const content = await readJson(resolve(cwd, file));
    if (!isVerifyReport(content)) return undefined;
    reports.push({ file, report: content });
  }
  return reports;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return undefined;
  }
}

function isVerifyReport(content: unknown): content is VectorsReport {
  if (typeof content !== "object" || content === null) return false;
  return "totalVectors" in content && "treeId" in content && "findings" in content;
}
