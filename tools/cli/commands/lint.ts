import { InvalidArgumentError } from "commander";
import { EXIT, type ExitCode } from "../../lib/error.ts";
import type { CommandContext, CommandModule } from "../command.ts";
import type { LintReport } from "../lint/lint-documents.ts";

type Format = "text" | "json";

interface LintOptions {
  readonly format: Format;
  readonly since: string;
  readonly fix?: true;
  readonly explain?: string;
}

/** `rfckit lint`: documents of the kernel and Markdown, checked by rules that know the tree. */
export const lintCommand: CommandModule = {
  verb: "lint",
  register(program, context, act) {
    program
      .command("lint")
      .description(
        "check reStructuredText and Markdown, with what the kernel tree around them says",
      )
      .argument("[paths...]", "files, or directories with all documents below them")
      .option("--format <format>", "text or json", parseFormat, "text")
      .option("--since <commit>", "what differs from it counts as changed", "HEAD")
      .option("--fix", "make the changes that are safe to make unseen")
      .option("--explain <rule>", "say what a rule asks for, why, and who says so")
      .action(act((paths: string[], options: LintOptions) => lint(paths, options, context)));
  },
};

function parseFormat(text: string): Format {
  if (text === "text" || text === "json") return text;
  throw new InvalidArgumentError("use text or json");
}

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
  const { collectDocuments } = await import("../lint/collect-documents.ts");
  const { lintDocuments } = await import("../lint/lint-documents.ts");
  const documents = await collectDocuments(paths.length === 0 ? ["."] : paths, context.cwd);
  const report = await lintDocuments({
    documents,
    since: options.since,
    fix: options.fix === true,
    env: context.env,
    signal: context.signal,
    onProgress: (line) => context.stderr(`${line}\n`),
  });
  context.stdout(options.format === "json" ? renderJson(report) : renderFindings(report));
  for (const { rules, missing } of report.notRun) {
    context.stderr(`not run: ${rules.join(", ")}: missing ${missing}\n`);
  }
  if (options.format === "text") context.stderr(`${summary(report)}\n`);
  return report.findings.length === 0 ? EXIT.ready : EXIT.findings;
}

function renderJson(report: LintReport): string {
  return `${JSON.stringify({ schemaVersion: 1, ...report }, null, 2)}\n`;
}

function renderFindings(report: LintReport): string {
  return report.findings
    .map(({ id, severity, what, place }) => {
      const where = `${place?.file}:${place?.line}:${place?.column}`;
      return `${where}: ${severity}: ${what} [${id}]\n`;
    })
    .join("");
}

function summary(report: LintReport): string {
  const fixed = report.fixed > 0 ? `, ${report.fixed} changes made` : "";
  return `${report.files} files, ${report.findings.length} findings${fixed}`;
}
