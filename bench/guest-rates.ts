import { join } from "node:path";
import {
  createMachine,
  generateVectors,
  TOPOLOGIES,
  type Topology,
  type Vector,
} from "../kernel-model/index.ts";
import { shippedTip } from "../tests/lab/lab.ts";
import { buildKernel } from "../tools/lib/build/build-kernel.ts";
import { buildInitramfs } from "../tools/lib/build/build-runner.ts";
import { readKernelConfig } from "../tools/lib/build/kernel-config.ts";
import { buildVersionOf } from "../tools/lib/build/kernel-make.ts";
import { cacheDir } from "../tools/lib/fs/cache-dir.ts";
import { findPackageDir } from "../tools/lib/fs/package-dir.ts";
import { DEFAULT_LIMITS } from "../tools/lib/verify/progress-watch.ts";
import { runVectors } from "../tools/lib/verify/run-vectors.ts";
import { packProgram, runProgram } from "./guest-program.ts";

/** How the ioctls of a measurement lie: so many in each vector, so many vectors. */
export interface Shape {
  readonly vectors: number;
  readonly ioctls: number;
}

/** Boots the shipped kernel of a stage with what is to be measured. */
export interface RateLab {
  /** Seconds of the guest runner, from its first vector to the end of QEMU. */
  readonly runner: (shape: Shape) => Promise<number>;
  /** Seconds of a loop in C, with the same calls. */
  readonly loop: (shape: Shape) => Promise<number>;
}

/** Opens the device, gives `ioctls` refused hints, closes it: so many calls make one vector. */
export const callsOf = ({ vectors, ioctls }: Shape): number => vectors * (ioctls + 1);

export async function openRateLab(stage: "v2", dir: string): Promise<RateLab> {
  const { tree, treeish } = await shippedTip(stage);
  const [topology] = TOPOLOGIES;
  if (topology === undefined) throw new Error("the model has no topology");
  const { signal } = new AbortController();
  const packageDir = findPackageDir();
  const env = process.env;
  const config = await readKernelConfig(packageDir);
  const kernel = await buildKernel({ tree, treeish, config, featureExpected: true, env, signal });
  if (kernel.kind === "failed") throw new Error("the series does not build");
  const { vmlinux } = kernel;
  const source = { repository: tree.dir, treeish, packageDir, cacheDir: cacheDir(env) };
  const initramfs = (await buildInitramfs(source)).file;
  const version = `#${buildVersionOf(kernel.treeId)}`;
  const loop = { files: ["ioctl-loop.c"], repository: tree.dir, treeish };
  const program = await packProgram(dir, loop);
  let guests = 0;
  return {
    async runner(shape) {
      const vectors = shapedVectors(stage, topology, shape);
      guests += 1;
      const boot = { vmlinux, version, initramfs, topology, accel: "tcg", seed: 1 } as const;
      const own = { limits: DEFAULT_LIMITS, maxRestarts: 0, dir: join(dir, `run-${guests}`) };
      const { findings, guests: seen } = await runVectors({ ...boot, ...own, vectors });
      if (findings.length > 0) throw new Error(JSON.stringify(findings[0]));
      const [guest] = seen;
      return ((guest?.durationMs ?? 0) - (guest?.firstVectorMs ?? 0)) / 1000;
    },
    async loop(shape) {
      return await runLoop(dir, { vmlinux, initramfs: program, topology }, shape);
    },
  };
}

function shapedVectors(stage: "v2", topology: Topology, shape: Shape): readonly Vector[] {
  const { nodes } = createMachine(topology, stage);
  const { vectors } = generateVectors({ stage, seed: 1, topology });
  const id = "single-flags-unknown-bit-0-promote";
  const refused = vectors.find((vector) => vector.id === id);
  const [open, hint] = [refused?.calls[0], refused?.calls.at(-1)];
  const [opened, answered] = [refused?.expected[0], refused?.expected.at(-1)];
  if (!open || !hint || !opened || !answered || nodes.length === 0) throw new Error(`no "${id}"`);
  const repeat = <Value>(value: Value): Value[] =>
    Array.from({ length: shape.ioctls }, () => value);
  const calls = [open, ...repeat(hint)];
  const expected = [opened, ...repeat(answered)];
  const shared = { title: "refused", className: "bench", rows: [], answer: null, calls, expected };
  return Array.from({ length: shape.vectors }, (_, at) => ({ ...shared, id: `bench-${at}` }));
}

async function runLoop(
  dir: string,
  boot: { readonly vmlinux: string; readonly initramfs: string; readonly topology: Topology },
  { vectors, ioctls }: Shape,
): Promise<number> {
  const text = await runProgram(dir, {
    ...boot,
    cmdline: [`rounds=${vectors}`, `calls=${ioctls}`],
  });
  const said = /refused (\d+) in (\d+) us/.exec(text);
  if (Number(said?.[1]) !== vectors * ioctls) throw new Error(`the loop said: ${text}`);
  return Number(said?.[2]) / 1e6;
}
