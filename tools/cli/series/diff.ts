import { type Command, Option } from "commander";
import { EXIT, type ExitCode } from "../../lib/error.ts";
import type { Act, CommandContext } from "../command.ts";

interface DiffOptions {
  readonly tree?: string;
  readonly format: "text" | "json";
}

/** `rfckit series diff`: what became of each patch from one version to another. */
export function registerDiff(series: Command, context: CommandContext, act: Act): void {
  series
    .command("diff <old> <new>")
    .description("pair the patches of two stages, or of BASE..TIP, and show what changed in each")
    .option("--tree <dir>", "kernel git tree (default: KERNEL_TREE, else the cached one)")
    .addOption(new Option("--format <format>").choices(["text", "json"]).default("text"))
    .action(
      act((before: string, after: string, options: DiffOptions) =>
        diff([before, after], options, context),
      ),
    );
}

async function diff(
  [before, after]: readonly [string, string],
  options: DiffOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { loadSeriesConfig } = await import("../../lib/config/load-series-config.ts");
  const { openGit } = await import("../../lib/git/git.ts");
  const { diffSeries } = await import("../../lib/series/diff-series.ts");
  const { openSeries } = await import("../open-series.ts");
  const { resolveNamedRange } = await import("./resolve-range.ts");
  const config = await loadSeriesConfig(context.projectDir);
  const { shared } = await openSeries(options.tree === undefined ? {} : options, context);
  const git = openGit({ dir: shared.tree.dir, signal: context.signal });
  const names = { git, config, shared, context };
  const found = await diffSeries({
    ...shared,
    old: await resolveNamedRange(before, names),
    new: await resolveNamedRange(after, names),
  });
  const { text, ...json } = found;
  context.stdout(options.format === "json" ? `${JSON.stringify(json, null, 2)}\n` : text);
  return EXIT.ready;
}
