import type { ExitCode } from "../../lib/error.ts";
import type { CommandContext, CommandModule } from "../command.ts";

/** `rfckit report merge`: one report of those of all shards. */
export const reportCommand: CommandModule = {
  verb: "report",
  register(program, context, act) {
    program
      .command("report")
      .description("work on reports of rfckit ready")
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
  const outputs = parseOutputs(formats.length === 0 ? ["text"] : formats);
  const read = await Promise.all(files.map((file) => readReport(file, context.cwd)));
  const report = mergeReports(
    read,
    CHECKS.map(({ id }) => id),
  );
  await writeOutputs(report, outputs, context);
  return EXIT_OF_VERDICT[report.verdict];
}
