import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { renderProgram, TOPOLOGIES } from "../../kernel-model/index.ts";
import { buildKernel } from "../../tools/lib/build/build-kernel.ts";
import { buildInitramfs } from "../../tools/lib/build/build-runner.ts";
import { readKernelConfig } from "../../tools/lib/build/kernel-config.ts";
import { buildVersionOf } from "../../tools/lib/build/kernel-make.ts";
import { cacheDir } from "../../tools/lib/fs/cache-dir.ts";
import { findPackageDir } from "../../tools/lib/fs/package-dir.ts";
import { patchTree } from "../../tools/lib/verify/patch-tree.ts";
import { DEFAULT_LIMITS } from "../../tools/lib/verify/progress-watch.ts";
import { shippedTip } from "../lab/lab.ts";
import { anyProgram } from "./any-program.ts";
import { guestRun } from "./guest.ts";
import { findWalk } from "./shrink-walk.ts";

/**
 * Random programs against the kernel of a stage, or against that with a patch on top; of one that
 * fails the shortest form is printed. `npm run walks -- [--seed N] [--count N] [--patch FILE]`
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "20000" },
    patch: { type: "string", multiple: true, default: [] },
  },
});
const [seed, count] = [Number(values.seed), Number(values.count)];
const stage = "v2";
const [topology] = TOPOLOGIES;
if (topology === undefined) throw new Error("the model has no topology");
const { signal } = new AbortController();
const [env, packageDir] = [process.env, findPackageDir()];
const tip = await shippedTip(stage);
const patches = values.patch.map((file) => resolve(file));
const scratchDir = join(cacheDir(env), "patched.git");
const source =
  patches.length === 0
    ? { tree: tip.tree, treeish: tip.treeish }
    : {
        tree: { dir: scratchDir, gitDir: scratchDir, own: false },
        treeish: await patchTree({ ...tip, patches, scratchDir, signal }),
      };
const config = await readKernelConfig(packageDir);
const kernel = await buildKernel({ ...source, config, featureExpected: true, env, signal });
if (kernel.kind === "failed") throw new Error("the kernel does not build");
const nolibc = { repository: source.tree.dir, treeish: source.treeish };
const runner = await buildInitramfs({ ...nolibc, packageDir, cacheDir: cacheDir(env) });
const dir = await mkdtemp(join(tmpdir(), "rfckit-walks-"));
try {
  const run = guestRun({
    ...{ vmlinux: kernel.vmlinux, version: `#${buildVersionOf(kernel.treeId)}`, dir, stage },
    ...{ initramfs: runner.file, topology, accel: "tcg", limits: DEFAULT_LIMITS, maxRestarts: 0 },
  });
  const found = await findWalk({ arbitrary: anyProgram(), seed, count, run });
  if (found === undefined) {
    console.log(`seed ${seed}: ${count} programs, and the kernel did what the model allows`);
  } else {
    const { program, before, batches } = found;
    console.log(
      `seed ${seed}: ${before.length} calls shrunk to ${program.length}, ${batches} runs`,
    );
    console.log(renderProgram(program).join("\n"));
    process.exitCode = 1;
  }
} finally {
  await rm(dir, { recursive: true, force: true });
}
