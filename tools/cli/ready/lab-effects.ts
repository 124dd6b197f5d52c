import { join } from "node:path";
import type { LabEffects } from "../../../checks/lab-effects.ts";
import { buildKernel } from "../../lib/build/build-kernel.ts";
import { buildVariant } from "../../lib/build/build-variant.ts";
import { readKernelConfig } from "../../lib/build/kernel-config.ts";
import { ToolError } from "../../lib/error.ts";
import { requireSuccess } from "../../lib/proc/check-result.ts";
import { run } from "../../lib/proc/run.ts";
import {
  type HeaderCompiler,
  hasCompiler,
  openHeaderCompiler,
} from "../../lib/uapi/header-compiler.ts";
import { requireCommits } from "./gate-input.ts";
import type { LabRequest } from "./kernel-lab.ts";
import type { ReviewRequest } from "./review-context.ts";

export type LabEffectsRequest = LabRequest & Pick<ReviewRequest, "withToolsDir">;

const BLOAT_TIMEOUT_MS = 120_000;

/** Gives checks what they ask of this machine's compilers. */
export function openLabEffects(request: LabEffectsRequest): LabEffects {
  const { input, context, onProgress } = request;
  const { packageDir, env, signal } = context;
  const open = () => {
    const { tree, base } = requireCommits(input);
    const tip = input.patches.at(-1)?.commit ?? base;
    return { base, tip, shared: { tree, env, signal, onProgress } };
  };
  const withHeader = async <T>(path: string, ask: (compiler: HeaderCompiler) => Promise<T>) => {
    const { shared, tip } = open();
    const compiler = await openHeaderCompiler(shared.tree.gitDir, tip, path);
    return await ask(compiler).finally(() => compiler.close());
  };
  return {
    buildVariant: async ({ commit, ...build }) => {
      const lean = await readKernelConfig(packageDir);
      return await buildVariant({ ...open().shared, ...build, treeish: commit, lean });
    },
    async growth() {
      const { base, tip, shared } = open();
      const config = await readKernelConfig(packageDir);
      const vmlinuxOf = async (treeish: string): Promise<string> => {
        const built = await buildKernel({ ...shared, treeish, config, featureExpected: false });
        if (built.kind === "built") return built.vmlinux;
        throw notBuilt(treeish, built.command);
      };
      const files = [await vmlinuxOf(base), await vmlinuxOf(tip)];
      return await request.withToolsDir(({ dir }) => compareSizes(dir, files, signal));
    },
    headers: {
      has: hasCompiler,
      alone: (path, target) => withHeader(path, (compiler) => compiler.compileAlone(target)),
      evaluate: (path, target, expressions) =>
        withHeader(path, (compiler) => compiler.evaluate(target, expressions)),
    },
  };
}

async function compareSizes(toolsDir: string, files: readonly string[], signal: AbortSignal) {
  const result = await run({
    file: "python3",
    args: [join(toolsDir, "scripts/bloat-o-meter"), ...files],
    timeoutMs: BLOAT_TIMEOUT_MS,
    signal,
  });
  requireSuccess(result, { writesTo: toolsDir, code: "bloat-o-meter-failed" });
  const text = new TextDecoder().decode(result.stdout);
  const [, before = "0", after = "0"] = /Before=(\d+), After=(\d+)/.exec(text) ?? [];
  return { bytes: Number(after) - Number(before), text };
}

function notBuilt(treeish: string, command: string): ToolError {
  return new ToolError(`'${treeish}' does not build, so it has no size`, {
    kind: "environment",
    code: "not-built",
    hints: [command],
  });
}
