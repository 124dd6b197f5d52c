import { join, relative } from "node:path";
import type { Command } from "commander";
import { EXIT, type ExitCode, ToolError } from "../../lib/error.ts";
import { nowInSeconds } from "../clock.ts";
import type { Act, CommandContext } from "../command.ts";

interface RerollOptions {
  readonly stage?: string;
  readonly range?: string;
  readonly tree?: string;
  readonly dryRun?: true;
}

/** `rfckit series reroll`: freeze a version as it is, open the next one. */
export function registerReroll(series: Command, context: CommandContext, act: Act): void {
  series
    .command("reroll")
    .description("freeze a version and open the next one, with places for its changelogs")
    .option("--stage <name>", "the version to freeze (default: the current stage)")
    .option("--range <base..tip>", "the commits of the next version (default: those it has)")
    .option("--tree <dir>", "kernel git tree (default: KERNEL_TREE, else the cached one)")
    .option("--dry-run", "tell what would be written and moved, change nothing")
    .action(act((options: RerollOptions) => reroll(options, context)));
}

async function reroll(options: RerollOptions, context: CommandContext): Promise<ExitCode> {
  const { loadSeriesConfig, locateStage } = await import("../../lib/config/load-series-config.ts");
  const { openGit } = await import("../../lib/git/git.ts");
  const { rerollSeries } = await import("../../lib/series/reroll-series.ts");
  const { UNWRITTEN } = await import("../../lib/series/changelog-skeleton.ts");
  const { openSeries } = await import("../open-series.ts");
  const { resolveNamedRange } = await import("./resolve-range.ts");
  const { projectDir, signal } = context;
  const config = await loadSeriesConfig(projectDir);
  const old = locateStage(config, projectDir, options.stage);
  const next = nextOf(old.name, old.stage);
  const { shared, base, published } = await openSeries(options, context);
  const names = { git: openGit({ dir: shared.tree.dir, signal }), config, shared, context };
  const named =
    options.range === undefined ? undefined : await resolveNamedRange(options.range, names);
  const dryRun = options.dryRun === true;
  const done = await rerollSeries({
    ...shared,
    projectDir,
    ...{ base, published },
    old,
    next: {
      ...next,
      dir: join(projectDir, "patches", next.stage.folder),
      ref: old.ref.replace(/[^/]+$/, next.name),
    },
    tip: named?.tip,
    nowS: nowInSeconds(),
    dryRun,
  });
  for (const { status, oldSubject, newSubject } of done.pairs) {
    context.stdout(`${status}: ${newSubject ?? oldSubject}\n`);
  }
  for (const path of done.written) {
    context.stdout(`${dryRun ? "would write" : "wrote"} ${relative(projectDir, path)}\n`);
  }
  for (const { ref, from, to } of done.changes) {
    const verb = dryRun ? "would move" : "moved";
    context.stdout(`${verb} ${ref} from ${from ?? "nothing"} to ${to ?? "nothing"}\n`);
  }
  if (!dryRun) context.stderr(`  next: write what stands as '${UNWRITTEN}', then export\n`);
  return EXIT.ready;
}

function nextOf<Stage extends { readonly version: number }>(name: string, stage: Stage) {
  const version = Math.max(1, stage.version) + 1;
  if (name !== `v${stage.version}`) {
    throw new ToolError(`stage '${name}' has version ${stage.version}, so the next has no name`, {
      kind: "user",
      code: "no-next-stage",
      hints: [`name the stage 'v${stage.version}' in patches/series.yaml`],
    });
  }
  return { name: `v${version}`, stage: { ...stage, folder: `v${version}`, version } };
}
