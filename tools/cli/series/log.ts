import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../lib/error.ts";
import type { Git } from "../../lib/git/git.ts";
import { nowInSeconds } from "../clock.ts";
import type { Act, CommandContext } from "../command.ts";

interface LogOptions {
  readonly tree?: string;
  readonly dryRun?: true;
}

/** `rfckit series log`, `undo` and `redo`: what moved refs, and the way back. */
export function registerLog(series: Command, context: CommandContext, act: Act): void {
  withTree(series.command("log"))
    .description("list the operations that moved refs, oldest first")
    .action(act((options: LogOptions) => log(options, context)));
  for (const kind of ["undo", "redo"] as const) {
    withTree(series.command(kind))
      .description(
        kind === "undo"
          ? "take back the newest operation; this is an operation itself"
          : "do again what was taken back last",
      )
      .option("--dry-run", "tell which refs would move, change nothing")
      .action(act((options: LogOptions) => undo(kind, options, context)));
  }
}

function withTree(command: Command): Command {
  return command.option(
    "--tree <dir>",
    "kernel git tree (default: KERNEL_TREE, else the cached one)",
  );
}

async function log(options: LogOptions, context: CommandContext): Promise<ExitCode> {
  const { readLog } = await import("../../lib/operation/operation-log.ts");
  const { entries } = await readLog(await openTree(options, context));
  for (const entry of entries) {
    const time = new Date(entry.timeS * 1000).toISOString();
    context.stdout(`${entry.number} ${time} ${entry.command}: ${entry.summary}\n`);
  }
  if (entries.length === 0) context.stderr("no operation has moved a ref yet\n");
  return EXIT.ready;
}

async function undo(
  kind: "undo" | "redo",
  options: LogOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { undoOperation } = await import("../../lib/operation/undo-operation.ts");
  const git = await openTree(options, context);
  const dryRun = options.dryRun === true;
  const nowS = nowInSeconds();
  const done = await undoOperation({ git, kind, nowS, dryRun });
  context.stdout(
    `${dryRun ? `would ${kind}` : kind} ${done.entry.number}: ${done.entry.summary}\n`,
  );
  for (const { ref, from, to } of done.changes) {
    const verb = dryRun ? "would move" : "moved";
    context.stdout(`${verb} ${ref} from ${from ?? "nothing"} to ${to ?? "nothing"}\n`);
  }
  return EXIT.ready;
}

async function openTree(options: LogOptions, context: CommandContext): Promise<Git> {
  const { openSeries } = await import("../open-series.ts");
  const { openGit } = await import("../../lib/git/git.ts");
  const { shared } = await openSeries(options, context);
  return openGit({ dir: shared.tree.gitDir, signal: context.signal });
}
