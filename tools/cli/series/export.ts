import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../lib/error.ts";
import type { SeriesFiles } from "../../lib/series/format-series.ts";
import type { Act, CommandContext } from "../command.ts";

interface ExportOptions {
  readonly stage?: string;
  readonly tree?: string;
  readonly range?: string;
  readonly out?: string;
  readonly signoff?: true;
  readonly dryRun?: true;
}

/** `rfckit series export`: mails from commits, the same bytes on every machine. */
export function registerExport(series: Command, context: CommandContext, act: Act): void {
  series
    .command("export")
    .description("write the mails of a stage from its commits")
    .option("--stage <name>", "stage of the series (default: the current one)")
    .option("--tree <dir>", "kernel git tree (default: KERNEL_TREE, else the cached one)")
    .option("--range <base..tip>", "these commits (default: those of the stage)")
    .option("--out <dir>", "into this folder (default: the folder of the stage)")
    .option("--signoff", "add your Signed-off-by; you certify the Developer's Certificate")
    .option("--dry-run", "print the commands, change nothing")
    .action(act((options: ExportOptions) => exportMails(options, context)));
}

async function exportMails(options: ExportOptions, context: CommandContext): Promise<ExitCode> {
  const { openSeries, parseRange } = await import("../open-series.ts");
  const opening = openSeries(options, context);
  // While git looks at the tree.
  opening.catch(() => {});
  const { resolve } = await import("node:path");
  const { openGit } = await import("../../lib/git/git.ts");
  const { requireUnfrozen } = await import("../../lib/operation/frozen.ts");
  const { resolveCommit } = await import("../../lib/operation/resolve-commit.ts");
  const { exportSeries } = await import("../../lib/series/export-series.ts");
  const { readUserIdentity } = await import("../../lib/series/sign-off.ts");
  const { shared, where, base, published } = await opening;
  const range = options.range === undefined ? { tip: where.ref } : parseRange(options.range);
  const signOff = options.signoff && (await readUserIdentity(context.cwd, context.signal));
  const dryRun = options.dryRun === true;
  if (options.out === undefined && options.range !== undefined) {
    const git = openGit({ dir: shared.tree.dir, signal: context.signal });
    const to = await resolveCommit(git, range.tip);
    await requireUnfrozen(git, [{ ref: where.ref, from: undefined, to }]);
  }
  const dir = options.out === undefined ? where.dir : resolve(context.cwd, options.out);
  const done = await exportSeries({
    ...shared,
    stage: where.stage,
    recipients: where.recipients,
    published,
    base,
    ...range,
    dir,
    coverDir: where.dir,
    signOff,
    dryRun,
  });
  const would = dryRun ? "would be " : "";
  for (const name of done.removed) context.stdout(`${would}removed ${name}\n`);
  for (const name of done.written) context.stdout(`${would}written ${name}\n`);
  if (done.unchanged.length > 0) context.stdout(`${done.unchanged.length} files unchanged\n`);
  if (!dryRun) await warnOfMails(dir, done.files, context);
  return EXIT.ready;
}

/** What `git am` would not take from the mails, and what a person still has to write. */
async function warnOfMails(
  dir: string,
  files: SeriesFiles,
  context: CommandContext,
): Promise<void> {
  const { UNWRITTEN } = await import("../../lib/series/changelog-skeleton.ts");
  const { foldMails } = await import("../../lib/series/read-folder.ts");
  const { placeInMail } = await import("../../lib/series/series-mail.ts");
  const { cover, patches } = foldMails(dir, files);
  for (const patch of patches) {
    for (const { line, what } of patch.mail.losses) {
      context.stderr(`warning: ${placeInMail(patch, line)}: ${what}\n`);
    }
  }
  for (const mail of [...(cover === undefined ? [] : [cover]), ...patches]) {
    if (!Buffer.from(mail.mail.bytes).includes(UNWRITTEN)) continue;
    context.stderr(`warning: ${mail.path}: '${UNWRITTEN}' is still to be written\n`);
  }
}
