import { join } from "node:path";
import { shippedTip } from "../tests/lab/lab.ts";
import { readKernelConfig } from "../tools/lib/build/kernel-config.ts";
import { makeArgs, makeEnv } from "../tools/lib/build/kernel-make.ts";
import { locateBuild } from "../tools/lib/build/plan-build.ts";
import { cacheDir } from "../tools/lib/fs/cache-dir.ts";
import { findPackageDir } from "../tools/lib/fs/package-dir.ts";
import { prepareWorkspace } from "../tools/lib/kernel/workspace.ts";
import { run } from "../tools/lib/proc/run.ts";
import { sourceOf } from "../tools/lib/verify/verify-source.ts";
import { VMLINUX } from "./bare-boot.ts";

const LIMIT_MS = 600_000;

/** What somebody does by hand who has changed a line. */
export interface Relinked {
  /** Of make alone: the checkout is there. */
  readonly seconds: number;
  readonly vmlinux: string;
}

/** Builds the kernel with a patch in the object folder of all other builds, and times make. */
export async function relink(patch: string): Promise<Relinked> {
  const { signal } = new AbortController();
  const env = process.env;
  const tip = await shippedTip("v1");
  const config = await readKernelConfig(findPackageDir());
  const source = await sourceOf({ ...tip, patches: [patch], env, signal });
  const { call } = await locateBuild({ ...source, config, env, signal });
  const workspace = await prepareWorkspace({ ...source, purpose: "build", env, signal });
  try {
    const args = makeArgs(call, [VMLINUX]);
    const make = { file: "make", args, env: makeEnv(join(cacheDir(env), "ccache")) };
    const { code, durationMs } = await run({ ...make, timeoutMs: LIMIT_MS, capture: false });
    if (code !== 0) throw new Error(`make ended with ${code}`);
    return { seconds: durationMs / 1000, vmlinux: join(call.objectDir, VMLINUX) };
  } finally {
    await workspace.release();
  }
}
