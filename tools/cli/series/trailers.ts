import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../lib/error.ts";
import { nowInSeconds } from "../clock.ts";
import type { Act, CommandContext } from "../command.ts";

interface TrailersOptions {
  readonly stage?: string;
  readonly range?: string;
  readonly tree?: string;
  readonly dryRun?: true;
}

/** `rfckit series trailers`: Reviewed-by and the like from a mailbox onto commits. */
export function registerTrailers(series: Command, context: CommandContext, act: Act): void {
  series
    .command("trailers <mailbox...>")
    .description("add the tags that others gave by mail to the commits they were given to")
    .option("--stage <name>", "stage of the series (default: the current one)")
    .option("--range <base..ref>", "the commits of a branch instead of a stage")
    .option("--tree <dir>", "kernel git tree (default: KERNEL_TREE, else the cached one)")
    .option("--dry-run", "tell what would be added, change nothing")
    .action(act((paths: string[], options: TrailersOptions) => trailers(paths, options, context)));
}

async function trailers(
  paths: readonly string[],
  options: TrailersOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { addTrailers } = await import("../../lib/trailers/add-trailers.ts");
  const { readMails } = await import("../../lib/series/open-mailbox.ts");
  const { openRewrite } = await import("./open-rewrite.ts");
  const { shared, requireSource, ...range } = await openRewrite(options, context);
  const mails = await readMails({ ...shared, paths });
  const dryRun = options.dryRun === true;
  const source = requireSource();
  const nowS = nowInSeconds();
  const done = await addTrailers({ ...shared, ...range, source, mails, nowS, dryRun });
  for (const { commit, text } of done.taken) {
    context.stdout(`${commit.slice(0, 12)} ${dryRun ? "would get" : "gets"} '${text}'\n`);
  }
  for (const { place, text, why } of done.left) {
    context.stdout(`${place}: not taken: '${text}': ${why}\n`);
  }
  const verb = dryRun ? "would move" : "moved";
  for (const { ref, from, to } of done.changes) {
    context.stdout(`${verb} ${ref} from ${from ?? "nothing"} to ${to ?? "nothing"}\n`);
  }
  if (done.changes.length === 0) context.stdout("there is nothing new to add\n");
  else if (!dryRun) context.stderr("  next: rfckit series export\n  back: rfckit series undo\n");
  return done.left.length > 0 ? EXIT.findings : EXIT.ready;
}
