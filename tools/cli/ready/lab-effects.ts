import { join } from "node:path";
import type { LabEffects } from "../../../checks/lab-effects.ts";
import { buildKernel } from "../../lib/build/build-kernel.ts";
import { buildVariant } from "../../lib/build/build-variant.ts";
import { LAB_FRAGMENTS, readKernelConfig, stageFragments } from "../../lib/build/kernel-config.ts";
import { ToolError } from "../../lib/error.ts";
import { openGit } from "../../lib/git/git.ts";
import { openTreeReader } from "../../lib/git/tree-reader.ts";
import { buildProgram } from "../../lib/kernel/compile-program.ts";
import type { KernelTree } from "../../lib/kernel/find-tree.ts";
import { runHtmldocs } from "../../lib/kernel/run-htmldocs.ts";
import { requireSuccess } from "../../lib/proc/check-result.ts";
import { run } from "../../lib/proc/run.ts";
import { runSelftests } from "../../lib/selftests/run-selftests.ts";
import { type HeaderCompiler, openHeaderCompiler } from "../../lib/uapi/header-compiler.ts";
import { type GateInput, requireCommits } from "./gate-input.ts";
import type { LabRequest } from "./kernel-lab.ts";
import type { ReviewRequest } from "./review-context.ts";

export type LabEffectsRequest = LabRequest & Pick<ReviewRequest, "withToolsDir">;

const BLOAT_TIMEOUT_MS = 120_000;

/** Gives checks what they ask of this machine's compilers. */
export function openLabEffects(request: LabEffectsRequest): LabEffects {
  const { input, context, onProgress } = request;
  const { packageDir, env, signal } = context;
  const warnings = new Map<string, ReturnType<typeof runHtmldocs>>();
  const open = () => {
    const { tree, base } = requireCommits(input);
    const tip = input.patches.at(-1)?.commit ?? base;
    return { base, tip, shared: { tree, env, signal, onProgress } };
  };
  const withHeader = async <T>(
    path: string,
    ask: (compiler: HeaderCompiler) => Promise<T>,
    commit?: string,
  ) => {
    const { shared, tip } = open();
    const compiler = await openHeaderCompiler(shared.tree.gitDir, commit ?? tip, path);
    return await ask(compiler).finally(() => compiler.close());
  };
  return {
    buildVariant: async ({ commit, ...build }) => {
      const lean = await readKernelConfig(packageDir);
      return await buildVariant({ ...open().shared, ...build, treeish: commit, lean });
    },
    async growth() {
      const { base, tip, shared } = open();
      const config = await readKernelConfig(packageDir, [
        ...LAB_FRAGMENTS,
        ...stageFragments(input.stage),
      ]);
      const vmlinuxOf = async (treeish: string): Promise<string> => {
        const built = await buildKernel({ ...shared, treeish, config, featureExpected: false });
        if (built.kind === "built") return built.vmlinux;
        throw notBuilt(treeish, built.command);
      };
      const files = [await vmlinuxOf(base), await vmlinuxOf(tip)];
      return await request.withToolsDir(({ dir }) => compareSizes(dir, files, signal));
    },
    async buildProgram(commit, path) {
      const { shared } = open();
      const { gitDir } = shared.tree;
      const tempRoot = join(request.cacheDir, "tmp");
      const headers = await changedHeaders(input, commit, shared);
      return await buildProgram({ gitDir, commit, headers, tempRoot, signal }, path);
    },
    async runSelftests(paths) {
      const { shared, tip } = open();
      const headers = await changedHeaders(input, tip, shared);
      const tempRoot = join(request.cacheDir, "tmp");
      const sources = { gitDir: shared.tree.gitDir, commit: tip, headers, tempRoot, signal };
      const logDir = join(request.cacheDir, "logs");
      return await runSelftests({ ...shared, sources, paths, packageDir, logDir });
    },
    htmldocs(documents) {
      const tempRoot = join(request.cacheDir, "tmp");
      const key = JSON.stringify(documents);
      const answer = warnings.get(key) ?? runHtmldocs({ ...open().shared, ...documents, tempRoot });
      warnings.set(key, answer);
      return answer;
    },
    headers: {
      alone: (path, target) => withHeader(path, (compiler) => compiler.compileAlone(target)),
      evaluate: (path, targets, expressions) =>
        withHeader(path, (compiler) =>
          Promise.all(targets.map((target) => compiler.evaluate(target, expressions))),
        ),
      valuesAt: (commit, path, targets, expressions) =>
        withHeader(
          path,
          (compiler) =>
            Promise.all(targets.map((target) => compiler.evaluateKnown(target, expressions))),
          commit,
        ),
    },
  };
}

/** UAPI headers that the series changes, as a commit has them. */
async function changedHeaders(
  { patches }: GateInput,
  commit: string,
  { tree, signal }: { readonly tree: KernelTree; readonly signal: AbortSignal },
): Promise<Record<string, string>> {
  const reader = openTreeReader(openGit({ dir: tree.gitDir, signal }));
  const changed = patches.flatMap(({ parsed }) => parsed.files.map((file) => file.path));
  const headers = new Set(changed.filter((path) => /(?:^|\/)include\/uapi\/.*\.h$/.test(path)));
  const texts: Record<string, string> = {};
  for (const path of headers) {
    const text = await reader.text(commit, path);
    if (text !== undefined) texts[path] = text;
  }
  return texts;
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
