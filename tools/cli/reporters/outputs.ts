import { appendFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ToolError } from "../../lib/error.ts";
import { writeFileAtomic } from "../../lib/fs/write-file-atomic.ts";
import type { GateReport } from "./gate-report.ts";
import { REPORTERS } from "./index.ts";
import { renderMarkdown } from "./markdown.ts";

/** One `--format`: what renders the report, and the file it goes to, or standard output. */
export interface Output {
  readonly format: string;
  readonly file: string | undefined;
}

/**
 * Reads the values of `--format FORMAT[=FILE]`.
 *
 * @throws ToolError `unknown-format`, `two-formats-on-stdout` (user)
 */
export function parseOutputs(values: readonly string[]): Output[] {
  const outputs = values.map((value) => {
    const at = value.indexOf("=");
    return at === -1
      ? { format: value, file: undefined }
      : { format: value.slice(0, at), file: value.slice(at + 1) };
  });
  const known = Object.keys(REPORTERS);
  for (const { format, file } of outputs) {
    if (known.includes(format) && file !== "") continue;
    throw new ToolError(`'--format ${format}${file === "" ? "=" : ""}' names no format or file`, {
      kind: "user",
      code: "unknown-format",
      hints: [`--format ${known.join("|")}[=FILE]`],
    });
  }
  if (outputs.filter((output) => output.file === undefined).length > 1) {
    throw new ToolError("only one format can go to standard output", {
      kind: "user",
      code: "two-formats-on-stdout",
      hints: ["--format text --format json=FILE"],
    });
  }
  return outputs;
}

/** What outputs need of the world. */
export interface OutputContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: (text: string) => void;
}

/** Renders the report in each form and writes it where it belongs; files are replaced whole. */
export async function writeOutputs(
  report: GateReport,
  outputs: readonly Output[],
  context: OutputContext,
): Promise<void> {
  for (const { format, file } of outputs) {
    const text = REPORTERS[format]?.(report) ?? "";
    if (file === undefined) context.stdout(text);
    else await writeFileAtomic(resolve(context.cwd, file), text);
    const summary = context.env["GITHUB_STEP_SUMMARY"] ?? "";
    // Annotations are few by GitHub's own limit, so the step's summary gets everything.
    if (format === "github" && summary !== "") await appendFile(summary, renderMarkdown(report));
  }
}
