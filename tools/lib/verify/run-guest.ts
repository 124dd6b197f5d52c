import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Topology } from "../../../kernel-model/index.ts";
import type { GuestDuty } from "../build/kernel-builds.ts";
import { type RunResult, run } from "../proc/run.ts";
import { type Accel, type GuestRequest, QEMU, qemuArgs } from "../qemu/qemu-args.ts";
import { openQmp } from "../qemu/qmp.ts";
import { scanConsole } from "./console-scan.ts";
import {
  CONTROL_BYTES,
  decodeProgress,
  type RunnerProgress,
  type SharedLayout,
} from "./control-page.ts";
import { type Extras, parseExtras } from "./extras.ts";
import { type Facts, parseFacts } from "./facts.ts";
import { CLOCK_WORDS, createWatch, type Decision, type WatchLimits } from "./progress-watch.ts";
import { requireRoom } from "./require-room.ts";
import { readShared, writeShared } from "./shared-range.ts";
import { restoreState, type Snapshot } from "./snapshot.ts";

/** One boot of one guest. */
export interface GuestRun {
  readonly vmlinux: string;
  readonly initramfs: string;
  readonly topology: Topology;
  readonly accel: Accel;
  readonly layout: SharedLayout;
  readonly image: Uint8Array;
  /** Folder for the guest's files; made here. */
  readonly dir: string;
  readonly limits: WatchLimits;
  /** What init does besides carrying out the vectors once; nothing unless told. */
  readonly duties?: readonly GuestDuty[];
  readonly allCpus?: boolean;
  /** Makes every run the same, bit for bit. */
  readonly exactSeed?: number;
  /** Program; that of x86-64 unless told. */
  readonly qemu?: string;
  /** Go on from here instead of booting. */
  readonly snapshot?: Snapshot;
  /** Words added to the kernel command line. */
  readonly cmdline?: readonly string[];
  readonly signal?: AbortSignal;
  /** Told at each look how far init is, and the console's last line. */
  readonly onProgress?: (progress: RunnerProgress, lastLine: string) => void;
}

/** What a guest left behind. */
export interface GuestOutput {
  readonly ending: "own" | "boot-timeout" | "hang";
  /** Of a hang: which of the clocks ran out. */
  readonly clock: string | undefined;
  readonly exitCode: number | null;
  readonly exitSignal: string | null;
  readonly qemuError: string;
  readonly progress: RunnerProgress;
  readonly facts: Facts;
  readonly console: string;
  readonly consoleFile: string;
  readonly isRestored: boolean;
  readonly results: Uint8Array;
  /** Files that init handed over, by name. */
  readonly extras: Extras;
  /** Milliseconds from QEMU's start until vectors were seen to run; undefined if never. */
  readonly firstVectorMs: number | undefined;
  readonly durationMs: number;
  /** The shell line that repeats the boot. */
  readonly command: string;
}

const MONITOR_LIMIT_MS = 10_000;
const LOOK_INTERVAL_MS = 50;
/** After the limit of the guest itself, should looking at it fail. */
const WALL_GRACE_MS = 60_000;

/**
 * Boots a guest, looks at its control page while it runs, ends it when it stands still, and reads
 * what it left in the shared range, which outlives a panic and a kill.
 *
 * @throws ToolError `program-missing` (environment), `initramfs-too-large` (user), `no-disk-space`,
 *   `interrupted` (infra)
 */
export async function runGuest(guest: GuestRun): Promise<GuestOutput> {
  await mkdir(guest.dir, { recursive: true });
  const sharedFile = join(guest.dir, "shared.bin");
  const consoleFile = join(guest.dir, "console.log");
  const { layout, vmlinux, initramfs, topology, accel, cmdline, allCpus = false } = guest;
  const { snapshot } = guest;
  await requireRoom({ ...guest, sharedBytes: layout.totalBytes });
  const orders = { duties: guest.duties ?? [], go: true };
  await writeShared(sharedFile, layout, guest.image, orders, snapshot?.head);
  await writeFile(consoleFile, "");
  const stop = new AbortController();
  const onAbort = (): void => stop.abort();
  guest.signal?.addEventListener("abort", onAbort, { once: true });
  const looking = watchGuest(guest, { sharedFile, consoleFile }, stop);
  try {
    const { exactSeed } = guest;
    const options = { ...(cmdline && { cmdline }), ...(exactSeed !== undefined && { exactSeed }) };
    const boot = { vmlinux, initramfs, topology, accel, allCpus, ...options };
    const files = { sharedFile, sharedBytes: layout.totalBytes, consoleFile };
    const result = await runMachine({ ...boot, ...files }, guest, stop.signal);
    guest.signal?.throwIfAborted();
    const { decision, firstVectorMs } = looking.finish();
    const progress = decodeProgress(await readShared(sharedFile, 0, CONTROL_BYTES));
    const facts = await readShared(sharedFile, layout.factsOffset, progress.factsBytes);
    return {
      ...endingOf(result.timedOut ? "machine-timeout" : decision),
      exitCode: result.code,
      exitSignal: result.signal,
      qemuError: lastError(result.stderr),
      progress,
      facts: parseFacts(new TextDecoder().decode(facts)),
      ...{ consoleFile, isRestored: snapshot !== undefined },
      console: (snapshot?.console ?? "") + (await readFile(consoleFile, "latin1")),
      results: await readShared(sharedFile, layout.resultsOffset, progress.resultBytes),
      extras: parseExtras(await readShared(sharedFile, layout.extrasOffset, progress.extrasBytes)),
      firstVectorMs,
      durationMs: result.durationMs,
      command: result.command,
    };
  } finally {
    looking.finish();
    guest.signal?.removeEventListener("abort", onAbort);
  }
}

async function runMachine(
  machine: GuestRequest,
  { snapshot, limits, dir, qemu = QEMU }: GuestRun,
  signal: AbortSignal,
): Promise<RunResult> {
  const call = { file: qemu, timeoutMs: limits.machineMs + WALL_GRACE_MS, signal };
  if (snapshot === undefined) return await run({ ...call, args: qemuArgs(machine) });
  const monitor = join(dir, "monitor");
  const qmp = await openQmp(monitor, MONITOR_LIMIT_MS);
  try {
    const running = run({ ...call, args: qemuArgs({ ...machine, monitor, incoming: true }) });
    // A machine that does not take the state up ends, or is ended for not coming up.
    await Promise.race([running, restoreState(qmp, snapshot).catch(() => undefined)]);
    return await running;
  } finally {
    await qmp.close();
  }
}

function endingOf(decision: Decision): Pick<GuestOutput, "ending" | "clock"> {
  if (decision === "go-on") return { ending: "own", clock: undefined };
  if (decision === "boot-timeout") return { ending: decision, clock: undefined };
  return { ending: "hang", clock: CLOCK_WORDS[decision] };
}

interface Looking {
  finish(): { readonly decision: Decision; readonly firstVectorMs: number | undefined };
}

/** Looks at the control page in intervals, and aborts QEMU when the watch says so. */
function watchGuest(
  guest: GuestRun,
  files: { readonly sharedFile: string; readonly consoleFile: string },
  stop: AbortController,
): Looking {
  const startMs = performance.now();
  const watch = createWatch(startMs, guest.limits);
  let decision: Decision = "go-on";
  let firstVectorMs: number | undefined;
  let isBusy = false;
  const look = async (): Promise<void> => {
    const progress = decodeProgress(await readShared(files.sharedFile, 0, CONTROL_BYTES));
    const log = await readFile(files.consoleFile, "latin1");
    const nowMs = performance.now();
    if (progress.beats > 0) firstVectorMs ??= nowMs - startMs;
    guest.onProgress?.(progress, scanConsole(log).lastLine ?? "");
    decision = watch(nowMs, progress, isLockedUp(log));
    if (decision !== "go-on") stop.abort();
  };
  const timer = setInterval(() => {
    if (isBusy || decision !== "go-on") return;
    isBusy = true;
    look()
      .catch(() => stop.abort())
      .finally(() => {
        isBusy = false;
      });
  }, LOOK_INTERVAL_MS);
  return {
    finish() {
      clearInterval(timer);
      return { decision, firstVectorMs };
    },
  };
}

/** The kernel's own words for a CPU or a task that will not return. */
function isLockedUp(log: string): boolean {
  const hasWord = log.includes("soft lockup") || log.includes("blocked for more than");
  return hasWord && scanConsole(log).splats.length > 0;
}

/** QEMU's own complaint; its warnings are none. */
function lastError(stderr: Uint8Array): string {
  const lines = new TextDecoder().decode(stderr).trim().split("\n");
  return lines.filter((line) => line !== "" && !line.includes("warning:")).at(-1) ?? "";
}
