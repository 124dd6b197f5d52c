import { EXIT, type ExitCode } from "../../lib/error.ts";
import type { CommandContext, CommandModule } from "../command.ts";

interface GetOptions {
  readonly printPath?: true;
  readonly tree?: string;
}

/** `rfckit kernel get`: the kernel git tree that a series is based on. */
export const kernelCommand: CommandModule = {
  verb: "kernel",
  register(program, context, act) {
    const kernel = program.command("kernel").description("get the kernel tree of the series");
    kernel
      .command("get")
      .description("make the base tree in the cache, or check a tree of your own")
      .option("--tree <dir>", "use this git tree; only read, never written (also KERNEL_TREE)")
      .option("--print-path", "print the path of the tree alone as the last line")
      .action(act((options: GetOptions) => get(options, context)));
  },
};

async function get(options: GetOptions, context: CommandContext): Promise<ExitCode> {
  const { loadSeriesConfig } = await import("../../lib/config/load-series-config.ts");
  const { obtainKernelTree } = await import("../../lib/kernel/find-tree.ts");
  const { base } = await loadSeriesConfig(context.projectDir);
  const tree = await obtainKernelTree({
    base,
    env: context.env,
    cwd: context.cwd,
    signal: context.signal,
    onProgress: (line) => context.stderr(`${line}\n`),
    ...(options.tree === undefined ? {} : { tree: options.tree }),
  });
  const words = `kernel tree of ${base.package} ${base.version}: ${tree.dir}`;
  context.stdout(options.printPath === true ? `${tree.dir}\n` : `${words}\n`);
  return EXIT.ready;
}
