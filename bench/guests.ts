import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { generateVectors, TOPOLOGIES } from "../kernel-model/index.ts";
import { shippedTip } from "../tests/lab/lab.ts";
import { buildKernel } from "../tools/lib/build/build-kernel.ts";
import { buildInitramfs } from "../tools/lib/build/build-runner.ts";
import { readKernelConfig } from "../tools/lib/build/kernel-config.ts";
import { buildVersionOf } from "../tools/lib/build/kernel-make.ts";
import { cacheDir } from "../tools/lib/fs/cache-dir.ts";
import { findPackageDir } from "../tools/lib/fs/package-dir.ts";
import { run } from "../tools/lib/proc/run.ts";
import { DEFAULT_LIMITS } from "../tools/lib/verify/progress-watch.ts";
import type { VectorsRequest } from "../tools/lib/verify/run-part.ts";
import { runShares } from "../tools/lib/verify/run-shares.ts";
import { runVectors } from "../tools/lib/verify/run-vectors.ts";
import { spread } from "./measure.ts";

/** `npm run bench:guests`: how long guests take, cold and by snapshot, one and several at once. */
const PAGE = resolve(import.meta.dirname, "../docs/reference/guest-benchmarks.md");
const RUNS = 5;
const FEW = 40;

const dir = mkdtempSync(join(tmpdir(), "rfckit-guests-"));
try {
  writeFileSync(PAGE, renderPage(await measure()));
} finally {
  rmSync(dir, { recursive: true });
}

async function prepare(): Promise<Omit<VectorsRequest, "dir">> {
  const { tree, treeish } = await shippedTip("v1");
  const [topology] = TOPOLOGIES;
  if (topology === undefined) throw new Error("the model has no topology");
  const { signal } = new AbortController();
  const [packageDir, env] = [findPackageDir(), process.env];
  const config = await readKernelConfig(packageDir);
  const kernel = await buildKernel({ tree, treeish, config, featureExpected: true, env, signal });
  if (kernel.kind === "failed") throw new Error("the series does not build");
  const source = { repository: tree.dir, treeish, packageDir, cacheDir: cacheDir(env) };
  const { file: initramfs } = await buildInitramfs(source);
  const { vectors } = generateVectors({ stage: "v1", seed: 1, topology });
  const version = `#${buildVersionOf(kernel.treeId)}`;
  const boot = { vmlinux: kernel.vmlinux, version, initramfs, topology, accel: "tcg" } as const;
  return { ...boot, seed: 1, vectors, limits: DEFAULT_LIMITS, maxRestarts: 0 };
}

async function measure(): Promise<readonly (readonly [string, string])[]> {
  const all = await prepare();
  const few = { ...all, vectors: all.vectors.slice(0, FEW) };
  const key = { kernelKey: "0123456789abcdef", qemuId: "here", initramfsHash: "0123456789abcdef" };
  const snapshots = { cacheDir: dir, ...key };
  const seconds = { cold: [] as number[], restored: [] as number[], bare: [] as number[] };
  const whole = { one: [] as number[], two: [] as number[] };
  await runVectors({ ...few, dir: join(dir, "make"), snapshots, isOneOfMany: true });
  for (let index = 0; index < RUNS; index += 1) {
    const first = async (name: string, more: object): Promise<number> => {
      const at = join(dir, `${name}-${index}`);
      const { guests, agreeing } = await runVectors({ ...all, ...more, dir: at });
      if (agreeing !== all.vectors.length) throw new Error(`${name}: not all vectors agree`);
      return (guests[0]?.firstVectorMs ?? 0) / 1000;
    };
    seconds.cold.push(await first("cold", {}));
    seconds.restored.push(await first("restored", { snapshots }));
    seconds.bare.push(await bareBoot(all));
    for (const [name, count] of [
      ["one", 1],
      ["two", 2],
    ] as const) {
      const startMs = performance.now();
      await runShares({ ...all, dir: join(dir, `${name}-${index}`) }, count);
      whole[name].push((performance.now() - startMs) / 1000);
    }
  }
  return [
    ["QEMU start to first vector, cold", spread(seconds.cold, "s")],
    ["QEMU start to first vector, from a snapshot", spread(seconds.restored, "s")],
    ["plain `-kernel -initrd` boot of the same image, to init's end", spread(seconds.bare, "s")],
    [`the default set (${all.vectors.length} vectors) in one guest`, spread(whole.one, "s")],
    ["the default set in two guests at once", spread(whole.two, "s")],
    ["vectors in the set", `${all.vectors.length}`],
    ["kernel", `${(statSync(all.vmlinux).size / 2 ** 20).toFixed(1)} MiB`],
  ];
}

/** Without a shared range init gives up at once: what is left is the boot. */
async function bareBoot({ vmlinux, initramfs }: Omit<VectorsRequest, "dir">): Promise<number> {
  const machine = ["-machine", "q35", "-accel", "tcg", "-cpu", "max", "-m", "512M"];
  const quiet = ["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"];
  const exit = ["-device", "isa-debug-exit,iobase=0xf4,iosize=0x4"];
  const files = ["-kernel", vmlinux, "-initrd", initramfs, "-serial", `file:${join(dir, "log")}`];
  const append = ["-append", "console=ttyS0 panic=-1 reboot=t"];
  const args = [...machine, ...quiet, ...exit, ...files, ...append];
  const { durationMs } = await run({ file: "qemu-system-x86_64", args, timeoutMs: 60_000 });
  return durationMs / 1000;
}

function renderPage(rows: readonly (readonly [string, string])[]): string {
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, TCG`;
  return `# Guests

Generated by \`npm run bench:guests\`: don't edit. Machine: ${machine}.

| figure | median (least to greatest) |
| --- | --- |
${rows.map(([name, value]) => `| ${name} | ${value} |`).join("\n")}

The first vector is the first time that the host, which looks every 50 ms, sees it begun. virtme-ng
is not packaged for Debian 12, so the peer is a plain boot of the same kernel and initramfs.
`;
}
