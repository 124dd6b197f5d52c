import { basename } from "node:path";
import type { Command } from "commander";
import { EXIT, type ExitCode, ToolError } from "../../lib/error.ts";
import type { AppliedSeries } from "../../lib/series/apply-series.ts";
import { nowInSeconds } from "../clock.ts";
import type { Act, CommandContext } from "../command.ts";

interface ApplyOptions {
  readonly stage?: string;
  readonly tree?: string;
  readonly base?: string;
  readonly as?: string;
  readonly keepCr?: true;
  readonly dryRun?: true;
}

/** `rfckit series apply`: commits from the mails of a stage, or from mails of anybody. */
export function registerApply(series: Command, context: CommandContext, act: Act): void {
  series
    .command("apply [mailbox...]")
    .description("make the commits of a stage, or of mailboxes, as refs/rfckit/<series>/<stage>")
    .option("--stage <name>", "stage of the series (default: the current one)")
    .option("--tree <dir>", "kernel git tree (default: KERNEL_TREE, else the cached one)")
    .option("--base <commit>", "with mailboxes: apply to it (default: what base-commit: says)")
    .option("--as <name>", "with mailboxes: as refs/rfckit/am/<name> (default: the file's name)")
    .option("--keep-cr", "with mailboxes: keep CR at the end of lines, as git am --keep-cr")
    .option("--dry-run", "print the commands, change nothing")
    .action(
      act((paths: string[], options: ApplyOptions) =>
        paths.length === 0 ? applyStage(options, context) : applyMailbox(paths, options, context),
      ),
    );
}

async function applyStage(options: ApplyOptions, context: CommandContext): Promise<ExitCode> {
  const { applySeries } = await import("../../lib/series/apply-series.ts");
  const { readSeriesFolder } = await import("../../lib/series/read-folder.ts");
  const { placeInMail } = await import("../../lib/series/series-mail.ts");
  const { openSeries } = await import("../open-series.ts");
  const { shared, where, base } = await openSeries(options, context);
  const dryRun = options.dryRun === true;
  const mails = await readSeriesFolder(where.dir);
  for (const patch of mails.patches) {
    for (const { line, what } of patch.mail.losses) {
      context.stderr(`warning: ${placeInMail(patch, line)}: ${what}\n`);
    }
  }
  const [ref, nowS] = [where.ref, nowInSeconds()];
  const done = await applySeries({ ...shared, base, mails, ref, dryRun, nowS });
  tell(done, { ref, dryRun, gitDir: shared.tree.gitDir }, context);
  return EXIT.ready;
}

async function applyMailbox(
  paths: readonly string[],
  options: ApplyOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { openGit } = await import("../../lib/git/git.ts");
  const { resolveCommit } = await import("../../lib/operation/resolve-commit.ts");
  const { applySeries } = await import("../../lib/series/apply-series.ts");
  const { openMailbox } = await import("../../lib/series/open-mailbox.ts");
  const { openSeries } = await import("../open-series.ts");
  const ref = `refs/rfckit/am/${nameOf(paths, options.as)}`;
  const opened = await openSeries(options, context);
  const { shared } = opened;
  const box = await openMailbox({ ...shared, paths, keepCr: options.keepCr === true });
  for (const { place, what } of box.mails.flatMap(({ losses }) => losses)) {
    context.stderr(`warning: ${place}: ${what}\n`);
  }
  if (options.base === undefined && box.base === undefined) {
    const why = box.namedBase === undefined ? "name no base-commit" : `want ${box.namedBase}`;
    context.stderr(`note: the mails ${why}; they are applied to the base of the series\n`);
  }
  const wanted = new Set(box.mails.flatMap(({ prerequisites }) => prerequisites));
  if (wanted.size > 0) {
    const count = wanted.size === 1 ? "1 patch" : `${wanted.size} patches`;
    context.stderr(`note: the mails come after ${count} that they name as prerequisite-patch-id\n`);
  }
  const git = openGit({ dir: shared.tree.dir, signal: context.signal });
  const base = await resolveCommit(git, options.base ?? box.base ?? opened.base);
  const dryRun = options.dryRun === true;
  const nowS = nowInSeconds();
  const done = await applySeries({ ...shared, base, mails: box.folder, ref, dryRun, nowS });
  tell(done, { ref, dryRun, gitDir: shared.tree.gitDir }, context);
  return EXIT.ready;
}

/** A name for a ref from that of the first file, such as `2025-topic` of `2025_topic.mbx`. */
function nameOf(paths: readonly string[], as: string | undefined): string {
  const name = basename(paths[0] ?? "").replace(/\.(?:mbo?x|patch|eml)$/, "");
  const plain = as ?? name.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
  if (/^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/.test(plain) && !plain.endsWith(".lock")) return plain;
  throw new ToolError(`'${plain}' cannot be the name of a ref for the commits`, {
    kind: "user",
    code: "no-ref",
    hints: ["--as NAME"],
  });
}

function tell(
  done: AppliedSeries,
  { ref, dryRun, gitDir }: { ref: string; dryRun: boolean; gitDir: string },
  context: CommandContext,
): void {
  for (const { name, commit } of done.commits) context.stdout(`${commit} ${name}\n`);
  if (dryRun) {
    const from = done.before ?? "0".repeat(done.tip.length);
    context.stdout(`git -C ${gitDir} update-ref ${ref} ${done.tip} ${from}\n`);
  }
  const verb = done.before === done.tip ? "is already" : dryRun ? "would be" : "is now";
  context.stdout(`${ref} ${verb} ${done.tip}\n`);
}
