import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../lib/error.ts";
import type { CommandContext, CommandModule } from "../command.ts";
import { registerApply } from "../series/apply.ts";
import { registerDiff } from "../series/diff.ts";
import { registerExport } from "../series/export.ts";
import { registerLog } from "../series/log.ts";
import { registerReroll } from "../series/reroll.ts";
import { registerSplit } from "../series/split.ts";
import { registerTrailers } from "../series/trailers.ts";

interface StageOptions {
  readonly stage?: string;
  readonly tree?: string;
}

/** `rfckit series`: between the commits of a series and its mails in `patches/`. */
export const seriesCommand: CommandModule = {
  verb: "series",
  register(program, context, act) {
    const series = program.command("series").description("turn commits into mails and back");
    registerApply(series, context, act);
    registerExport(series, context, act);
    withStage(series.command("status"))
      .description("say whether commits and mails of a stage are the same")
      .action(act((options: StageOptions) => status(options, context)));
    registerSplit(series, context, act);
    registerDiff(series, context, act);
    registerReroll(series, context, act);
    registerTrailers(series, context, act);
    registerLog(series, context, act);
  },
};

function withStage(command: Command): Command {
  return command
    .option("--stage <name>", "stage of the series (default: the current one)")
    .option("--tree <dir>", "kernel git tree (default: KERNEL_TREE, else the cached one)");
}

async function status(options: StageOptions, context: CommandContext): Promise<ExitCode> {
  const { readSeriesStatus } = await import("../../lib/series/series-status.ts");
  const { openSeries } = await import("../open-series.ts");
  const { shared, where, ...bases } = await openSeries(options, context);
  const found = await readSeriesStatus({ ...shared, ...where, ...bases });
  if (found.inProgress !== undefined) {
    context.stdout(`the kernel tree is in the middle of a ${found.inProgress}\n`);
  }
  if (found.folder === undefined) {
    context.stdout(`${where.ref}: no commits yet\n`);
    context.stderr("  try: rfckit series apply\n");
    return EXIT.findings;
  }
  const { written, removed, unchanged } = found.folder;
  context.stdout(`${where.ref}: ${found.commits} commits, tip ${found.tip}\n`);
  for (const name of written) context.stdout(`differs or is missing: ${name}\n`);
  for (const name of removed) context.stdout(`has no commit: ${name}\n`);
  if (written.length + removed.length === 0) {
    context.stdout(`${unchanged.length} mails are those of the commits\n`);
    return EXIT.ready;
  }
  context.stderr("  try: rfckit series export   (mails from the commits)\n");
  context.stderr("  try: rfckit series apply    (commits from the mails)\n");
  return EXIT.findings;
}
