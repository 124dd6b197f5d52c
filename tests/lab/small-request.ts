import { generateVectors, TOPOLOGIES } from "../../kernel-model/index.ts";
import { buildKernel } from "../../tools/lib/build/build-kernel.ts";
import { buildInitramfs } from "../../tools/lib/build/build-runner.ts";
import { readKernelConfig } from "../../tools/lib/build/kernel-config.ts";
import { buildVersionOf } from "../../tools/lib/build/kernel-make.ts";
import { cacheDir } from "../../tools/lib/fs/cache-dir.ts";
import { findPackageDir } from "../../tools/lib/fs/package-dir.ts";
import { DEFAULT_LIMITS } from "../../tools/lib/verify/progress-watch.ts";
import type { VectorsRequest } from "../../tools/lib/verify/run-part.ts";
import { shippedTip } from "./lab.ts";

/** How many vectors the guests of these tests are given. */
export const SOME = 40;

/** The shipped kernel and its runner with the first vectors, for guests of one's own. */
export async function smallRequest(): Promise<Omit<VectorsRequest, "dir">> {
  const [topology] = TOPOLOGIES;
  if (topology === undefined) throw new Error("the model has no topology");
  const packageDir = findPackageDir();
  const { signal } = new AbortController();
  const { tree, treeish } = await shippedTip("v1");
  const config = await readKernelConfig(packageDir);
  const env = process.env;
  const kernel = await buildKernel({ tree, treeish, config, featureExpected: true, env, signal });
  if (kernel.kind === "failed") throw new Error("the series does not build");
  const runner = { repository: tree.dir, treeish, packageDir, cacheDir: cacheDir(env) };
  const { vectors } = generateVectors({ stage: "v1", seed: 1, topology });
  return {
    ...{ vmlinux: kernel.vmlinux, version: `#${buildVersionOf(kernel.treeId)}`, seed: 1 },
    ...{ initramfs: (await buildInitramfs(runner)).file, topology, accel: "tcg" },
    ...{ vectors: vectors.slice(0, SOME), limits: DEFAULT_LIMITS, maxRestarts: 0, signal },
  };
}
