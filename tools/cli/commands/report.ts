import type { ExitCode } from "../../lib/error.ts";
import type { CommandContext, CommandModule } from "../command.ts";
import type { ReadVerify } from "../reporters/merge-verify.ts";

/** `rfckit report merge`: one report of those of all shards. */
export const reportCommand: CommandModule = {
  verb: "report",
  register(program, context, act) {
    program
      .command("report")
      .description("work on reports of rfckit ready and rfckit verify")
      .command("merge <file...>")
      .description("make one report of the JSON reports of all shards, with the verdict of all")
      .option("--format <format[=file]>", "as for rfckit ready", collect, [])
      .action(
        act((files: string[], options: { readonly format: readonly string[] }) =>
          merge(files, options.format, context),
        ),
      );
  },
};

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

async function merge(
  files: readonly string[],
  formats: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  const { parseOutputs, writeOutputs } = await import("../reporters/outputs.ts");
  const { mergeReports } = await import("../reporters/merge-reports.ts");
  const { readReport } = await import("../reporters/read-report.ts");
  const { EXIT_OF_VERDICT } = await import("../reporters/exit-of-verdict.ts");
  const { CHECKS } = await import("../../../checks/registry.ts");
  const { readVerifyReports } = await import("../reporters/read-verify.ts");
  const verified = await readVerifyReports(files, context.cwd);
  if (verified !== undefined) return await mergeVerified(verified, formats, context);
  const outputs = parseOutputs(formats.length === 0 ? ["text"] : formats);
  const read = await Promise.all(files.map((file) => readReport(file, context.cwd)));
  const report = mergeReports(
    read,
    CHECKS.map(({ id }) => id),
  );
  await writeOutputs(report, outputs, context);
  return EXIT_OF_VERDICT[report.verdict];
}

async function mergeVerified(
  reports: readonly ReadVerify[],
  formats: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  const { mergeVerify } = await import("../reporters/merge-verify.ts");
  const { formatVerify } = await import("../format-verify.ts");
  const { exitCodeOf } = await import("../verify-plan.ts");
  const { ToolError } = await import("../../lib/error.ts");
  const [format = "text", ...more] = formats;
  if (more.length > 0 || (format !== "text" && format !== "json")) {
    throw new ToolError("a report of rfckit verify is written as text or json", {
      kind: "user",
      code: "unknown-format",
      hints: ["rfckit report merge --format json FILE..."],
    });
  }
  const report = mergeVerify(reports);
  const json = `${JSON.stringify({ schemaVersion: 1, ...report }, null, 2)}\n`;
  context.stdout(format === "json" ? json : formatVerify(report));
  return exitCodeOf([report]);
}
