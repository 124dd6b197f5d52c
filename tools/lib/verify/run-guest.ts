import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Topology } from "../../../kernel-model/index.ts";
import { run } from "../proc/run.ts";
import { type Accel, qemuArgs } from "../qemu/qemu-args.ts";
import { scanConsole } from "./console-scan.ts";
import {
  CONTROL_BYTES,
  decodeProgress,
  type RunnerProgress,
  type SharedLayout,
} from "./control-page.ts";
import { type Facts, parseFacts } from "./facts.ts";
import { createWatch, type Decision, type WatchLimits } from "./progress-watch.ts";
import { readShared, writeShared } from "./shared-range.ts";

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
  /** Words added to the kernel command line. */
  readonly cmdline?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunnerProgress) => void;
}

/** What a guest left behind. */
export interface GuestOutput {
  readonly ending: "own" | "boot-timeout" | "hang";
  readonly exitCode: number | null;
  readonly exitSignal: string | null;
  readonly qemuError: string;
  readonly progress: RunnerProgress;
  readonly facts: Facts;
  readonly console: string;
  readonly results: Uint8Array;
  /** Milliseconds from QEMU's start until vectors were seen to run; undefined if never. */
  readonly firstVectorMs: number | undefined;
  readonly durationMs: number;
  /** The shell line that repeats the boot. */
  readonly command: string;
}

const LOOK_INTERVAL_MS = 50;
/** No guest of this size lives longer, whatever it reports. */
const WALL_LIMIT_MS = 1_800_000;

/**
 * Boots a guest, looks at its control page while it runs, ends it when it stands still, and reads
 * what it left in the shared range, which outlives a panic and a kill.
 *
 * @throws ToolError `program-missing` (environment), `interrupted` (infra)
 */
export async function runGuest(guest: GuestRun): Promise<GuestOutput> {
  await mkdir(guest.dir, { recursive: true });
  const sharedFile = join(guest.dir, "shared.bin");
  const consoleFile = join(guest.dir, "console.log");
  await writeShared(sharedFile, guest.layout, guest.image);
  await writeFile(consoleFile, "");
  const stop = new AbortController();
  const onAbort = (): void => stop.abort();
  guest.signal?.addEventListener("abort", onAbort, { once: true });
  const looking = watchGuest(guest, { sharedFile, consoleFile }, stop);
  try {
    const { layout, vmlinux, initramfs, topology, accel, cmdline } = guest;
    const sharedBytes = layout.totalBytes;
    const boot = { vmlinux, initramfs, topology, accel, ...(cmdline && { cmdline }) };
    const result = await run({
      file: "qemu-system-x86_64",
      args: qemuArgs({ ...boot, sharedFile, sharedBytes, consoleFile }),
      timeoutMs: WALL_LIMIT_MS,
      signal: stop.signal,
    });
    guest.signal?.throwIfAborted();
    const { decision, firstVectorMs } = looking.finish();
    const progress = decodeProgress(await readShared(sharedFile, 0, CONTROL_BYTES));
    const facts = await readShared(sharedFile, layout.factsOffset, progress.factsBytes);
    return {
      ending: decision === "go-on" ? (result.timedOut ? "hang" : "own") : decision,
      exitCode: result.code,
      exitSignal: result.signal,
      qemuError: lastError(result.stderr),
      progress,
      facts: parseFacts(new TextDecoder().decode(facts)),
      console: await readFile(consoleFile, "latin1"),
      results: await readShared(sharedFile, layout.resultsOffset, progress.resultBytes),
      firstVectorMs,
      durationMs: result.durationMs,
      command: result.command,
    };
  } finally {
    looking.finish();
    guest.signal?.removeEventListener("abort", onAbort);
  }
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
    guest.onProgress?.(progress);
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

function isLockedUp(log: string): boolean {
  return log.includes("soft lockup") && scanConsole(log).splats.length > 0;
}

/** QEMU's own complaint; its warnings are none. */
function lastError(stderr: Uint8Array): string {
  const lines = new TextDecoder().decode(stderr).trim().split("\n");
  return lines.filter((line) => line !== "" && !line.includes("warning:")).at(-1) ?? "";
}
