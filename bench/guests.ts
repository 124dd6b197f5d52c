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
import { DEFAULT_LIMITS } from "../tools/lib/verify/progress-watch.ts";
import type { VectorsRequest } from "../tools/lib/verify/run-part.ts";
import { runShares } from "../tools/lib/verify/run-shares.ts";
import { runVectors } from "../tools/lib/verify/run-vectors.ts";
import { bareBoot } from "./bare-boot.ts";
import { changedLine } from "./changed-line.ts";
import { median, spread, time } from "./measure.ts";
import { relink } from "./relink.ts";

/** `npm run bench:guests`: how long guests take, cold and by snapshot, one and several at once. */
const PAGE = resolve(import.meta.dirname, "../docs/reference/guest-benchmarks.md");
const RFCKIT = resolve(import.meta.dirname, "../bin/rfckit.js");
const RUNS = 5;
/** They take longer than the time between two looks of the host, so the first is seen to run. */
const FEW = 4000;
/** A serial line is slow. */
const OVER_SERIAL = 400;

type Row = readonly [string, string];

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "rfckit-guests-"));
  try {
    const all = await prepare();
    const change = await measureChange(all, dir);
    writeFileSync(PAGE, renderPage([...(await measureGuests(all, dir)), ...change]));
  } finally {
    rmSync(dir, { recursive: true });
  }
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

/** Runs vectors in so many guests, all of which have to agree. */
async function timeGuests(
  request: VectorsRequest,
  guests: number,
): Promise<{ readonly seconds: number; readonly firstVector: number }> {
  const startMs = performance.now();
  const { evidence } = await runShares(request, guests);
  const seconds = (performance.now() - startMs) / 1000;
  if (evidence.agreeing !== request.vectors.length) throw new Error("not all vectors agree");
  const [guest] = evidence.guests;
  if (guest?.firstVectorMs === undefined) throw new Error("no vector was seen to run");
  if (guest.isRestored !== (request.snapshots !== undefined))
    throw new Error("not as it was asked");
  return { seconds, firstVector: guest.firstVectorMs / 1000 };
}

async function measureGuests(all: Omit<VectorsRequest, "dir">, dir: string): Promise<Row[]> {
  const few = { ...all, vectors: all.vectors.slice(0, FEW) };
  const key = { kernelKey: "0123456789abcdef", qemuId: "here", initramfsHash: "0123456789abcdef" };
  const snapshots = { cacheDir: dir, ...key };
  await runVectors({ ...few, dir: join(dir, "make"), snapshots, isOneOfMany: true });
  const cold: number[] = [];
  const restored: number[] = [];
  const bare: number[] = [];
  const whole: Record<string, number[]> = { one: [], two: [], serial: [] };
  for (let index = 0; index < RUNS; index += 1) {
    const at = (name: string) => join(dir, `${name}-${index}`);
    cold.push((await timeGuests({ ...few, dir: at("cold") }, 1)).firstVector);
    restored.push((await timeGuests({ ...few, snapshots, dir: at("warm") }, 1)).firstVector);
    bare.push(await bareBoot(all.vmlinux, all.initramfs, dir));
    whole["one"]?.push((await timeGuests({ ...all, dir: at("one") }, 1)).seconds);
    whole["two"]?.push((await timeGuests({ ...all, dir: at("two") }, 2)).seconds);
    const some = { ...all, vectors: all.vectors.slice(0, OVER_SERIAL), channel: "serial" } as const;
    whole["serial"]?.push((await timeGuests({ ...some, dir: at("serial") }, 1)).seconds);
  }
  const total = all.vectors.length;
  const rate = (seconds: readonly number[], vectors = total): string =>
    spread(
      seconds.map((one) => vectors / one),
      "/s",
      0,
    );
  return [
    ["QEMU start to first vector, cold (aim: below 2.5 s)", spread(cold, "s")],
    ["QEMU start to first vector, from a snapshot (aim: below 0.5 s)", spread(restored, "s")],
    ["plain `-kernel -initrd` boot of the same image, to init's end", spread(bare, "s")],
    [`the default set (${total} vectors) in one guest`, spread(whole["one"] ?? [], "s")],
    ["the default set in two guests at once", spread(whole["two"] ?? [], "s")],
    ["vectors a second, boot and comparison included, one guest", rate(whole["one"] ?? [])],
    ["the same, two guests", rate(whole["two"] ?? [])],
    [
      `the same, ${OVER_SERIAL} vectors and their results over a serial line`,
      rate(whole["serial"] ?? [], OVER_SERIAL),
    ],
    ["kernel", `${(statSync(all.vmlinux).size / 2 ** 20).toFixed(1)} MiB`],
  ];
}

/** One changed line of mm/hbf.c to the verdict, beside make and a boot by hand. */
async function measureChange(all: Omit<VectorsRequest, "dir">, dir: string): Promise<Row[]> {
  const verify: number[] = [];
  const byHand: number[] = [];
  const make: number[] = [];
  for (let index = 0; index < RUNS; index += 1) {
    const kernel = await relink(await changedLine(dir, `by-hand-${index}`));
    make.push(kernel.seconds);
    byHand.push(kernel.seconds + (await bareBoot(kernel.vmlinux, all.initramfs, dir)));
    const patch = await changedLine(dir, index);
    const args = [RFCKIT, "verify", "--stage", "v1", "--patch", patch];
    const env = { ...process.env, RFCKIT_ACCEL: "tcg" };
    verify.push(time(process.execPath, args, { env }).seconds);
  }
  const ratio = (median(verify) / median(byHand)).toFixed(2);
  return [
    ["one changed line of mm/hbf.c, `rfckit verify --patch` to its verdict", spread(verify, "s")],
    ["the same line by hand: make, and a plain boot without any vector", spread(byHand, "s")],
    ["of that, make", spread(make, "s")],
    ["verdict against make and boot by hand (aim: at most 1.2)", `${ratio} times`],
  ];
}

function renderPage(rows: readonly Row[]): string {
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, TCG`;
  return `# Guests

Generated by \`npm run bench:guests\`: don't edit. Machine: ${machine}.

| figure | median (least to greatest) |
| --- | --- |
${rows.map(([name, value]) => `| ${name} | ${value} |`).join("\n")}

The first vector is the first time that the host, which looks every 50 ms, sees it begun. virtme-ng
is not packaged for Debian 12, so the peer is a plain boot of the same kernel and initramfs, and a
serial line for the results. By hand, the checkout and the objects of the line before are there.
`;
}

await main();
