import { EXIT, type ExitCode } from "../../lib/error.ts";
import type { CommandContext, CommandModule } from "../command.ts";
import type { TipOptions } from "../find-series-tip.ts";

/** `rfckit build`: the lab kernel of the series' last commit, or of another one. */
export const buildCommand: CommandModule = {
  verb: "build",
  register(program, context, act) {
    program
      .command("build")
      .description("build the kernel that runs the vectors, incrementally, and keep it by content")
      .option("--stage <name>", "stage of the series (default: the current one)")
      .option("--tree <dir>", "kernel git tree (default: KERNEL_TREE, else the cached one)")
      .option("--ref <revision>", "build this commit instead of the series' last")
      .option("--dry-run", "print the commands of a build that has to be made, and build nothing")
      .action(act((options: BuildOptions) => build(options, context)));
  },
};

interface BuildOptions extends TipOptions {
  readonly dryRun?: true;
}

async function build(options: BuildOptions, context: CommandContext): Promise<ExitCode> {
  const { buildKernel } = await import("../../lib/build/build-kernel.ts");
  const { readKernelConfig } = await import("../../lib/build/kernel-config.ts");
  const { findSeriesTip } = await import("../find-series-tip.ts");
  const { tree, treeish } = await findSeriesTip(options, context);
  const config = await readKernelConfig(context.packageDir);
  if (options.dryRun === true) {
    const { planBuild } = await import("../../lib/build/plan-build.ts");
    const { env, signal } = context;
    const commands = await planBuild({ tree, treeish, config, env, signal });
    for (const command of commands) context.stdout(`${command}\n`);
    if (commands.length === 0) context.stderr("nothing to do: the kernel was built before\n");
    return EXIT.ready;
  }
  const result = await buildKernel({
    tree,
    treeish,
    config,
    // Any commit may be named here, also one from before the feature.
    featureExpected: options.ref === undefined,
    env: context.env,
    signal: context.signal,
    onProgress: (line) => context.stderr(`${line}\n`),
  });
  if (result.kind === "built") {
    const origin = result.fromCache ? "from the cache" : "built now";
    context.stderr(`tree ${result.treeId}, ${origin}, log ${result.logFile}\n`);
    context.stdout(`${result.vmlinux}\n`);
    return EXIT.ready;
  }
  const { formatBuildErrors } = await import("../format-verify.ts");
  context.stdout(formatBuildErrors(result));
  return EXIT.findings;
}
