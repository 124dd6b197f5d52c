import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { predictTiers } from "../../../kernel-model/index.ts";
import { X86 } from "../arch/registry.ts";
import { ToolError } from "../error.ts";
import { contentKey, openContentStore } from "../fs/content-store.ts";
import { type RunResult, run } from "../proc/run.ts";
import { type MemoryFiles, qemuArgs } from "../qemu/qemu-args.ts";
import { openQmp, type Qmp } from "../qemu/qmp.ts";
import { CONTROL_BYTES, decodeProgress } from "./control-page.ts";
import { expectedFacts } from "./facts.ts";
import { requireSnapshotRoom } from "./require-room.ts";
import type { GuestRun } from "./run-guest.ts";
import { FACTS_BYTES, readShared, writeShared } from "./shared-range.ts";

/** A guest whose init is ready for vectors, kept. */
export interface Snapshot {
  readonly dir: string;
  /** Everything of the machine but the shared range, and memory that is in files of its own. */
  readonly stateFile: string;
  /** Control page and facts, as init left them. */
  readonly head: Uint8Array;
  /** What the kernel said until then. */
  readonly console: string;
}

/** What a snapshot is found under; a kernel or machine that differs has another. */
export interface SnapshotKey {
  readonly cacheDir: string;
  /** Of the kernel that was built. */
  readonly kernelKey: string;
  readonly initramfsHash: string;
  readonly qemuId: string;
}

const SNAPSHOT_FORMAT = "2";
const QMP_LIMIT_MS = 30_000;
const LOOK_INTERVAL_MS = 10;
const RESTORE_LOOK_MS = 3;
/** As fast as it goes, bytes per second. */
const MAX_BANDWIDTH = 1e12;
/** Kernels come and go; each snapshot is some 50 MB. */
const KEPT_SNAPSHOTS = 6;

/**
 * The snapshot of such a guest, made now when there is none.
 *
 * @throws ToolError `snapshot-failed`, `qmp-failed` (infra): boot cold instead
 */
export async function obtainSnapshot(guest: GuestRun, key: SnapshotKey): Promise<Snapshot> {
  const root = join(key.cacheDir, "snapshots");
  const store = openContentStore(root);
  const { signal } = guest;
  const dir = await store.makeDir(keyOf(guest, key), signal ? { signal } : {}, async (temp) => {
    await makeSnapshot({ ...guest, dir: temp }, temp);
    for (const name of ["shared.bin", "monitor.in", "monitor.out"]) await rm(join(temp, name));
  });
  await pruneSnapshots(root, dir);
  return await readSnapshot(dir);
}

/** The snapshot of such a guest, or undefined when none was made. */
export async function findSnapshot(
  guest: GuestRun,
  key: SnapshotKey,
): Promise<Snapshot | undefined> {
  const store = openContentStore(join(key.cacheDir, "snapshots"));
  const dir = await store.findDir(keyOf(guest, key));
  return dir === undefined ? undefined : await readSnapshot(dir);
}

async function readSnapshot(dir: string): Promise<Snapshot> {
  return {
    dir,
    stateFile: join(dir, "vmstate"),
    head: await readFile(join(dir, "head")),
    console: await readFile(join(dir, "console.log"), "latin1"),
  };
}

/** Removes one that did not come up again. */
export async function dropSnapshot({ dir }: Snapshot): Promise<void> {
  await rm(dir, { recursive: true, force: true });
}

function keyOf(guest: GuestRun, key: SnapshotKey): string {
  const { topology, accel, layout, duties = [], allCpus = false, cmdline = [] } = guest;
  const machine = [topology, accel, layout.totalBytes, duties, allCpus, cmdline];
  const made = [key.kernelKey, key.initramfsHash, key.qemuId];
  return contentKey([SNAPSHOT_FORMAT, ...made, JSON.stringify(machine)]);
}

async function makeSnapshot(guest: GuestRun, dir: string): Promise<void> {
  await requireSnapshotRoom({ ...guest, dir, sharedBytes: guest.layout.totalBytes });
  const sharedFile = join(dir, "shared.bin");
  const consoleFile = join(dir, "console.log");
  await writeFile(consoleFile, "");
  const expected = expectedFacts(predictTiers(guest.topology));
  const orders = { duties: guest.duties ?? [], go: false, expected };
  await writeShared(sharedFile, guest.layout, new Uint8Array(), orders);
  const monitor = join(dir, "monitor");
  const qmp = await openQmp(monitor, QMP_LIMIT_MS);
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(guest.signal ? [guest.signal] : [])]);
  const memoryFiles = { dir, use: "write" } as const;
  const files = { sharedFile, consoleFile, monitor, memoryFiles };
  const machine = run({
    file: guest.qemu ?? X86.machine.program,
    args: qemuArgs({ ...guest, sharedBytes: guest.layout.totalBytes, ...files }),
    timeoutMs: guest.limits.bootMs + QMP_LIMIT_MS,
    signal,
  });
  try {
    await Promise.race([waitUntilParked(sharedFile, guest.limits.bootMs), endedEarly(machine)]);
    await saveState(qmp, join(dir, "vmstate"));
  } finally {
    stop.abort();
    await machine;
    await qmp.close();
  }
  await writeFile(join(dir, "head"), await readShared(sharedFile, 0, CONTROL_BYTES + FACTS_BYTES));
}

async function endedEarly(machine: Promise<RunResult>): Promise<never> {
  const { stderr, code } = await machine;
  const words = new TextDecoder().decode(stderr).trim().split("\n").at(-1) ?? "";
  throw snapshotFailed(`QEMU ended with ${code} before the guest was ready: ${words}`);
}

async function waitUntilParked(sharedFile: string, limitMs: number): Promise<void> {
  const startedMs = performance.now();
  for (;;) {
    const { state, isParked } = decodeProgress(await readShared(sharedFile, 0, CONTROL_BYTES));
    if (isParked) return;
    if (state === "failed" || performance.now() - startedMs > limitMs) break;
    await sleep(LOOK_INTERVAL_MS);
  }
  throw snapshotFailed("the guest was not ready to be kept in time");
}

function snapshotFailed(message: string): ToolError {
  return new ToolError(message, { kind: "infra", code: "snapshot-failed" });
}

async function saveState(qmp: Qmp, file: string): Promise<void> {
  await qmp.execute("qmp_capabilities");
  await qmp.execute("stop");
  await ignoreShared(qmp);
  await qmp.execute("migrate-set-parameters", { "max-bandwidth": MAX_BANDWIDTH });
  await qmp.execute("migrate", { uri: `exec:cat > ${quoted(file)}` });
  for (;;) {
    const { status } = (await qmp.execute("query-migrate")) as { readonly status?: string };
    if (status === "completed") return;
    if (status === "failed" || status === "cancelled") break;
    await sleep(LOOK_INTERVAL_MS);
  }
  throw snapshotFailed("QEMU cannot write the state of the guest");
}

/**
 * The memory that a guest goes on from. Each guest has pages of its own only where it writes: QEMU
 * would take longer to read all of the memory than a guest to boot.
 */
export function memoryOf({ dir }: Snapshot): MemoryFiles {
  return { dir, use: "read" };
}

/** Tells a QEMU that was started with `-incoming defer` what to go on from. */
export async function restoreState(qmp: Qmp, snapshot: Snapshot): Promise<void> {
  await qmp.execute("qmp_capabilities");
  await ignoreShared(qmp);
  await qmp.execute("migrate-incoming", { uri: `exec:cat ${quoted(snapshot.stateFile)}` });
  for (;;) {
    const { status } = (await qmp.execute("query-status")) as { readonly status?: string };
    if (status !== "inmigrate") break;
    await sleep(RESTORE_LOOK_MS);
  }
  // It was stopped when it was kept.
  await qmp.execute("cont");
}

/** The shared range is each guest's own, and not part of the state. */
async function ignoreShared(qmp: Qmp): Promise<void> {
  const capabilities = [{ capability: "x-ignore-shared", state: true }];
  await qmp.execute("migrate-set-capabilities", { capabilities });
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}

/** Removes the oldest, but never the one in use. */
async function pruneSnapshots(root: string, inUse: string): Promise<void> {
  const entries: { readonly dir: string; readonly ageMs: number }[] = [];
  for (const part of await readdir(root)) {
    const names = await readdir(join(root, part)).catch(() => []);
    for (const name of names.filter((one) => /^[0-9a-f]+$/.test(one))) {
      const dir = join(root, part, name);
      entries.push({ dir, ageMs: -(await stat(dir)).mtimeMs });
    }
  }
  entries.sort((a, b) => a.ageMs - b.ageMs);
  for (const { dir } of entries.slice(KEPT_SNAPSHOTS)) {
    if (dir !== inUse) await rm(dir, { recursive: true, force: true });
  }
}
