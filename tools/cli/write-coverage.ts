import { resolve } from "node:path";
import type { Coverage } from "../lib/coverage/coverage.ts";
import { formatCoverage, formatLcov } from "../lib/coverage/format-coverage.ts";
import { ToolError } from "../lib/error.ts";
import { writeFileAtomic } from "../lib/fs/write-file-atomic.ts";

type SourceOf = (path: string) => readonly string[];

const FORMATS: Readonly<Record<string, (coverage: Coverage, sourceOf: SourceOf) => string>> = {
  text: formatCoverage,
  json: (coverage) => `${JSON.stringify({ schemaVersion: 1, ...coverage }, null, 2)}\n`,
  lcov: formatLcov,
};

/** One `--coverage FORMAT=FILE`. */
export interface CoverageOutput {
  readonly format: string;
  readonly file: string;
}

/**
 * Reads the values of `--coverage`.
 *
 * @throws ToolError `unknown-format` (user)
 */
export function parseCoverageOutputs(values: readonly string[]): readonly CoverageOutput[] {
  return values.map((value) => {
    const [, format = "", file = ""] = /^(\w+)=(.+)$/.exec(value) ?? [];
    if (FORMATS[format] !== undefined && file !== "") return { format, file };
    const known = Object.keys(FORMATS).join("|");
    throw new ToolError(`'--coverage ${value}' names no format and file`, {
      kind: "user",
      code: "unknown-format",
      hints: [`--coverage ${known}=FILE`],
    });
  });
}

/** Writes coverage in each form that was asked for; files are replaced whole. */
export async function writeCoverage(
  coverage: Coverage,
  outputs: readonly CoverageOutput[],
  context: { readonly cwd: string; readonly sourceOf: SourceOf },
): Promise<void> {
  for (const { format, file } of outputs) {
    const text = FORMATS[format]?.(coverage, context.sourceOf) ?? "";
    await writeFileAtomic(resolve(context.cwd, file), text);
  }
}
