import { copyFile, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { TOPOLOGIES } from "../../../kernel-model/index.ts";
import { buildKernel } from "../build/build-kernel.ts";
import { LAB_FRAGMENTS, readKernelConfig } from "../build/kernel-config.ts";
import { ToolError } from "../error.ts";
import type { CacheEnv } from "../fs/cache-dir.ts";
import { contentKey } from "../fs/content-store.ts";
import {
  type LaidSources,
  type SelftestSources,
  withSelftests,
} from "../kernel/compile-program.ts";
import type { KernelTree } from "../kernel/find-tree.ts";
import { scanConsole } from "../verify/console-scan.ts";
import { readKtap } from "./read-ktap.ts";
import { compileStatic, outputOf, runPrograms } from "./run-programs.ts";

export interface SelftestsRequest {
  readonly tree: KernelTree;
  readonly sources: SelftestSources;
  /** C files in the kernel tree, one program each. */
  readonly paths: readonly string[];
  readonly packageDir: string;
  /** Where the console is kept. */
  readonly logDir: string;
  readonly env: CacheEnv;
  readonly signal: AbortSignal;
  readonly onProgress?: (line: string) => void;
}

/** What one program said. */
export interface SelftestResult {
  readonly path: string;
  /** Why there is no program to run; undefined when there is one. */
  readonly notBuilt?: string;
  /** Exit status; undefined when it did not end. */
  readonly status?: number | undefined;
  /** `not ok` lines. */
  readonly failed: readonly string[];
  readonly passed: number;
  readonly skipped: number;
}

/** What came of all of them. */
export interface SelftestsOutcome {
  readonly results: readonly SelftestResult[];
  /** What the kernel complained of. */
  readonly splats: readonly string[];
  /** False when the guest did not come to its end. */
  readonly isWhole: boolean;
  readonly logFile: string;
  readonly command: string;
}

/**
 * Builds the kernel of a commit with what selftests need, and runs programs of its selftests as
 * root in a machine with two memory tiers.
 *
 * @throws ToolError `not-built` (environment) when the kernel does not build
 */
export async function runSelftests(request: SelftestsRequest): Promise<SelftestsOutcome> {
  const { tree, sources, paths, packageDir, logDir, env, signal, onProgress } = request;
  const [topology] = TOPOLOGIES;
  if (topology === undefined) throw new RangeError("the model has at least one topology");
  const config = await readKernelConfig(packageDir, [...LAB_FRAGMENTS, "selftests"]);
  const shared = { tree, env, signal, ...(onProgress && { onProgress }) };
  const treeish = sources.commit;
  const kernel = await buildKernel({ ...shared, treeish, config, featureExpected: false });
  if (kernel.kind === "failed") throw notBuilt(kernel.command);
  return await withSelftests(sources, paths, async (laid) => {
    const built = await compileAll(laid, paths, signal);
    const programs = Object.fromEntries(
      built.flatMap(({ path, program }) =>
        program === undefined ? [] : [[nameOf(path), program]],
      ),
    );
    const { vmlinux } = kernel;
    const dir = join(laid.dir, "guest");
    const output = await runPrograms({ vmlinux, topology, programs, packageDir, dir, signal });
    const { console, isWhole, command } = output;
    await mkdir(logDir, { recursive: true });
    const key = contentKey([treeish, ...paths]).slice(0, 12);
    const logFile = join(logDir, `selftests-${key}.log`);
    await copyFile(output.consoleFile, logFile);
    const results = built.map(({ path, notBuilt: problem }) => resultOf(console, path, problem));
    return { results, splats: scanConsole(console).splats, isWhole, logFile, command };
  });
}

interface BuiltProgram {
  readonly path: string;
  readonly program?: Uint8Array;
  readonly notBuilt?: string;
}

async function compileAll(
  { dir, flags }: LaidSources,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<BuiltProgram[]> {
  const built: BuiltProgram[] = [];
  for (const path of paths) {
    const output = join(dir, `${path}.program`);
    try {
      const program = await compileStatic(join(dir, path), output, flags, signal);
      built.push({ path, program });
    } catch (error) {
      if (!(error instanceof ToolError) || error.code !== "selftest-broken") throw error;
      built.push({ path, notBuilt: error.message });
    }
  }
  return built;
}

function resultOf(console: string, path: string, problem: string | undefined): SelftestResult {
  if (problem !== undefined) return { path, notBuilt: problem, failed: [], passed: 0, skipped: 0 };
  const { text, status } = outputOf(console, nameOf(path));
  const { ok, notOk, skipped } = readKtap(text);
  const passed = ok.length - skipped.length;
  return { path, status, failed: notOk, passed, skipped: skipped.length };
}

function nameOf(path: string): string {
  return basename(path, ".c");
}

function notBuilt(command: string): ToolError {
  return new ToolError("the kernel that the selftests need does not build", {
    kind: "environment",
    code: "not-built",
    hints: [command],
  });
}
