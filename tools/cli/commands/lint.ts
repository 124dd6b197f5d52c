import { resolve } from "node:path";
import { EXIT, type ExitCode } from "../../lib/error.ts";
import type { CommandContext, CommandModule } from "../command.ts";
import type { LintOptions } from "../lint/lint-command-request.ts";
import type { LintReport } from "../reporters/lint-report.ts";
import { renderFindings } from "../reporters/lint-text.ts";
import type { Output } from "../reporters/outputs.ts";

/** `rfckit lint`: documents of the kernel and Markdown, checked by rules that know the tree. */
export const lintCommand: CommandModule = {
  verb: "lint",
  register(program, context, act) {
    const collect = (value: string, before: readonly string[]): string[] => [...before, value];
    program
      .command("lint")
      .description(
        "check reStructuredText and Markdown, with what the kernel tree around them says",
      )
      .argument("[paths...]", "files, or directories with all documents below them")
      .option("--format <format[=file]>", "as of the gate; may be given again", collect, [])
      .option("--profile <name>", "kernel, rfc or project; the usual one of each kind if not given")
      .option("--since <rev>", "what differs from it counts as changed", "HEAD")
      .option("--changed", "only documents that differ from --since")
      .option(
        "--series [stage]",
        "count the names that the series adds and removes, and its values",
      )
      .option("--range <base..tip>", "as --series, of these commits of the kernel tree around")
      .option("--objects <dir>", "where the kernel was configured, to compile samples of its code")
      .option("--stdin", "read one document from standard input")
      .option("--filename <path>", "what the document of --stdin is called")
      .option("--fix", "make the changes that are safe to make unseen")
      .option("--diff", "show as a diff what --fix changes; without --fix nothing is written")
      .option("--explain <rule>", "say what a rule asks for, why, and who says so")
      .option("--lsp", "serve editors by the language server protocol, over standard input")
      .action(act((paths: string[], options: LintOptions) => lint(paths, options, context)));
  },
};

async function lint(
  paths: readonly string[],
  options: LintOptions,
  context: CommandContext,
): Promise<ExitCode> {
  if (options.explain !== undefined) {
    const { explainRule } = await import("../lint/explain-rule.ts");
    context.stdout(explainRule(options.explain));
    return EXIT.ready;
  }
  const { findSubject, readObjects, readProfile } = await import("../lint/lint-command-request.ts");
  const profile = readProfile(options.profile);
  if (options.lsp === true) {
    const { serve } = await import("../lsp/serve.ts");
    await serve({ profile, env: context.env, signal: context.signal });
    return EXIT.ready;
  }
  const { lintDocuments } = await import("../lint/lint-documents.ts");
  const outputs = await readOutputs(options.format);
  const { documents, series } = await findSubject(paths, options, context);
  const { diff, ...result } = await lintDocuments({
    documents,
    profile,
    since: options.since,
    series: series?.changes ?? [],
    ...(series === undefined ? {} : { treeTop: series.top }),
    objects: await readObjects(options.objects, context.cwd),
    fix: options.fix === true,
    diff: options.diff === true,
    env: context.env,
    signal: context.signal,
    onProgress: (line) => context.stderr(`${line}\n`),
  });
  const head = { schemaVersion: 1, rfckit: context.version } as const;
  const report = { ...head, profile: options.profile ?? "by-kind", ...result } as LintReport;
  await write(report, outputs, options.diff === true ? diff : undefined, context);
  return report.findings.length === 0 ? EXIT.ready : EXIT.findings;
}

/** The usual output needs none of what the others are made with, and is quicker for it. */
async function readOutputs(formats: readonly string[]): Promise<readonly Output[]> {
  if (formats.length === 0) return [{ format: "text", file: undefined }];
  const { parseOutputs } = await import("../reporters/outputs.ts");
  return parseOutputs(formats);
}

async function render(report: LintReport, format: string): Promise<string> {
  if (format === "text") return renderFindings(report.findings);
  const { renderLintReport } = await import("../reporters/lint-report.ts");
  return renderLintReport(report, format);
}

/** With `--diff` the diff takes the place of what would go to standard output. */
async function write(
  report: LintReport,
  outputs: readonly Output[],
  diff: string | undefined,
  context: CommandContext,
): Promise<void> {
  for (const { format, file } of outputs) {
    const text = await render(report, format);
    if (file !== undefined) {
      const { writeFileAtomic } = await import("../../lib/fs/write-file-atomic.ts");
      await writeFileAtomic(resolve(context.cwd, file), text);
    } else context.stdout(diff ?? text);
  }
  for (const { rules, missing } of report.notRun) {
    context.stderr(`not run: ${rules.join(", ")}: missing ${missing}\n`);
  }
  const { files, findings, fixed } = report;
  const changes = fixed > 0 ? `, ${fixed} changes made` : "";
  context.stderr(`${files} files, ${findings.length} findings${changes}\n`);
}
