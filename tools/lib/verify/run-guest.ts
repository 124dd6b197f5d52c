import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Caller, predictTiers, type Topology } from "../../../kernel-model/index.ts";
import type { Architecture } from "../arch/architecture.ts";
import { X86 } from "../arch/registry.ts";
import type { GuestDuty } from "../build/kernel-builds.ts";
import { type RunResult, run } from "../proc/run.ts";
import { isPluggedLate, plugMemory } from "../qemu/memory-devices.ts";
import { type Accel, type GuestRequest, qemuArgs } from "../qemu/qemu-args.ts";
import { openQmp } from "../qemu/qmp.ts";
import {
  CONTROL_BYTES,
  decodeProgress,
  type RunnerProgress,
  type SharedLayout,
} from "./control-page.ts";
import { type Extras, parseExtras } from "./extras.ts";
import { expectedFacts, type Facts, parseFacts } from "./facts.ts";
import { CLOCK_WORDS, type Decision, type WatchLimits } from "./progress-watch.ts";
import { requireRoom } from "./require-room.ts";
import { type Channel, openSerialChannel } from "./serial-channel.ts";
import { placeOf, readShared, writeShared } from "./shared-range.ts";
import { memoryOf, restoreState, type Snapshot } from "./snapshot.ts";
import { LOOK_INTERVAL_MS, watchGuest } from "./watch-guest.ts";

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
  /** Who makes the calls; root unless told. */
  readonly caller?: Caller;
  readonly allCpus?: boolean;
  /** Makes every run the same, bit for bit. */
  readonly exactSeed?: number;
  /** What kernel and machine are; x86-64 unless told. */
  readonly arch?: Architecture;
  /** Program; that of the architecture unless told. */
  readonly qemu?: string;
  /** Memory unless told; a serial line is for x86-64 only. */
  readonly channel?: Channel;
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
  const { snapshot, arch = X86 } = guest;
  const place = placeOf(arch, topology);
  const read = (offset: number, bytes: number): Promise<Uint8Array> =>
    readShared(sharedFile, place.base + offset, bytes);
  await requireRoom({ ...guest, sharedBytes: layout.totalBytes });
  const callerCode = guest.caller?.code ?? 0;
  const { duties = [] } = guest;
  const expected = expectedFacts(predictTiers(topology));
  const orders = { duties, go: true, steps: topology.setup ?? [], expected, callerCode };
  await writeShared(sharedFile, layout, guest.image, orders, snapshot?.head, place);
  await writeFile(consoleFile, "");
  const serial =
    guest.channel === "serial"
      ? await openSerialChannel(guest.dir, initramfs, sharedFile, layout)
      : undefined;
  const stop = new AbortController();
  const onAbort = (): void => stop.abort();
  guest.signal?.addEventListener("abort", onAbort, { once: true });
  const looking = watchGuest(guest, { sharedFile, consoleFile, place, serial }, stop);
  try {
    const { exactSeed } = guest;
    const options = { ...(cmdline && { cmdline }), ...(exactSeed !== undefined && { exactSeed }) };
    const boot = { vmlinux, initramfs, topology, accel, allCpus, arch, ...options };
    const port = serial && { portFile: serial.portFile, initramfs: serial.initramfs };
    const files = { sharedFile, sharedBytes: layout.totalBytes, consoleFile, ...port };
    const isStarted = async (): Promise<boolean> => {
      const { state } = decodeProgress(await read(0, CONTROL_BYTES), place.little);
      return state !== "none";
    };
    const result = await runMachine({ ...boot, ...files }, guest, stop.signal, isStarted);
    guest.signal?.throwIfAborted();
    await serial?.pump();
    const { decision, firstVectorMs } = looking.finish();
    const progress = decodeProgress(await read(0, CONTROL_BYTES), place.little);
    const facts = await read(layout.factsOffset, progress.factsBytes);
    return {
      ...endingOf(result.timedOut ? "machine-timeout" : decision),
      exitCode: result.code,
      exitSignal: result.signal,
      qemuError: lastError(result.stderr),
      progress,
      facts: parseFacts(new TextDecoder().decode(facts)),
      ...{ consoleFile, isRestored: snapshot !== undefined },
      console: (snapshot?.console ?? "") + (await readFile(consoleFile, "latin1")),
      results: await read(layout.resultsOffset, progress.resultBytes),
      extras: parseExtras(await read(layout.extrasOffset, progress.extrasBytes)),
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
  { snapshot, limits, dir, arch = X86, qemu = arch.machine.program }: GuestRun,
  signal: AbortSignal,
  isStarted: () => Promise<boolean>,
): Promise<RunResult> {
  const call = { file: qemu, timeoutMs: limits.machineMs + WALL_GRACE_MS, signal };
  const isLate = isPluggedLate(machine.topology);
  if (snapshot === undefined && !isLate) return await run({ ...call, args: qemuArgs(machine) });
  const monitor = join(dir, "monitor");
  const qmp = await openQmp(monitor, MONITOR_LIMIT_MS);
  const plugWhenStarted = async (): Promise<void> => {
    while (!signal.aborted && !(await isStarted())) await sleep(LOOK_INTERVAL_MS);
    await plugMemory(qmp, machine.topology);
  };
  try {
    const restored = snapshot && { incoming: true, memoryFiles: memoryOf(snapshot) };
    const running = run({ ...call, args: qemuArgs({ ...machine, monitor, ...restored }) });
    const task = snapshot ? restoreState(qmp, snapshot) : plugWhenStarted();
    // A machine that does not take the state or the memory up is ended for not coming up.
    await Promise.race([running, task.catch(() => undefined)]);
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

/** QEMU's own complaint; its warnings are none. */
function lastError(stderr: Uint8Array): string {
  const lines = new TextDecoder().decode(stderr).trim().split("\n");
  return lines.filter((line) => line !== "" && !line.includes("warning:")).at(-1) ?? "";
}
