import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SeriesTip } from "../../tools/cli/find-series-tip.ts";
import { X86 } from "../../tools/lib/arch/registry.ts";
import { buildKernel } from "../../tools/lib/build/build-kernel.ts";
import { type KernelBuild, readBuildConfig } from "../../tools/lib/build/kernel-builds.ts";
import { buildVersionOf } from "../../tools/lib/build/kernel-make.ts";
import { cacheDir } from "../../tools/lib/fs/cache-dir.ts";
import { findPackageDir } from "../../tools/lib/fs/package-dir.ts";
import { patchTree } from "../../tools/lib/verify/patch-tree.ts";
import { diffOf } from "../lab/lab.ts";
import type { Saved } from "./saved.ts";
import { combineMutants, type Mutant } from "./schemata.ts";

/** A kernel with every mutant that compiles. */
export interface MutantImage {
  readonly vmlinux: string;
  /** What the build is found under. */
  readonly key: string;
  /** What `uname -v` begins with. */
  readonly version: string;
  readonly mutants: readonly Mutant[];
  /** Mutants that the compiler refused. */
  readonly refused: readonly Mutant[];
}

const MAX_BUILDS = 6;

/**
 * Builds one image of all mutants, and again without those that the compiler refuses: those that it
 * refused in an earlier run are left out at once.
 *
 * @param fragments of `tools/kconfig/`, besides those of the build
 */
export async function buildMutantImage(
  tip: SeriesTip,
  source: string,
  all: readonly Mutant[],
  workDir: string,
  kind: KernelBuild,
  known: Saved<number>,
  fragments: readonly string[] = [],
): Promise<MutantImage> {
  const { signal } = new AbortController();
  const config = await readBuildConfig(findPackageDir(), kind, [], X86, fragments);
  // Where `rfckit verify --patch` keeps its trees: the workspace goes on borrowing from it.
  const scratchDir = join(cacheDir(process.env), "patched.git");
  let mutants = all.filter(({ id }) => !known.before.includes(id));
  for (let build = 1; build <= MAX_BUILDS; build += 1) {
    const combined = combineMutants(source, mutants);
    const dir = join(workDir, `${kind.name}-${build}`);
    await mkdir(dir, { recursive: true });
    const patch = join(dir, "mutants.patch");
    await writeFile(patch, await diffOf(dir, source, combined.source));
    const base = { tree: tip.tree, treeish: tip.treeish };
    const treeId = await patchTree({ ...base, patches: [patch], scratchDir, signal });
    const tree = { dir: scratchDir, gitDir: scratchDir, own: false };
    const kernel = await buildKernel({
      ...{ tree, treeish: treeId, config, featureExpected: true, env: process.env, signal },
      onProgress: (line) => console.error(line),
    });
    if (kernel.kind === "built") {
      const { vmlinux, key } = kernel;
      const refused = all.filter((one) => !mutants.includes(one));
      return { vmlinux, key, version: `#${buildVersionOf(kernel.treeId)}`, mutants, refused };
    }
    const refused = refusedIds(await readFile(kernel.logFile, "utf8"), combined.mutantOfLine);
    if (refused.size === 0) throw new Error(`the mutants do not build: see ${kernel.logFile}`);
    console.error(`${refused.size} mutants do not compile`);
    mutants = mutants.filter(({ id }) => !refused.has(id));
    const left = all.filter((one) => !mutants.includes(one)).map(({ id }) => id);
    await known.save([...new Set([...known.before, ...left])]);
  }
  throw new Error(`still not built after ${MAX_BUILDS} attempts`);
}

/** An error belongs to the line that it names, or to the function that the compiler is in. */
function refusedIds(log: string, mutantOfLine: ReadonlyMap<number, number>): ReadonlySet<number> {
  const refused = new Set<number>();
  let current: number | undefined;
  for (const line of log.split("\n")) {
    const inside = /__m(\d+)['\u2019]/.exec(line);
    if (inside?.[1] !== undefined) current = Number(inside[1]);
    if (!/ error: /.test(line)) continue;
    const place = /mm\/hbf\.c:(\d+):\d+: error: /.exec(line);
    const id = place?.[1] === undefined ? current : mutantOfLine.get(Number(place[1]));
    if (id !== undefined && id !== 0) refused.add(id);
  }
  return refused;
}
