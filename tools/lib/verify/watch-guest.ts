import { readTail } from "../fs/read-tail.ts";
import { scanConsole } from "./console-scan.ts";
import { CONTROL_BYTES, decodeProgress } from "./control-page.ts";
import { createWatch, type Decision } from "./progress-watch.ts";
import type { GuestRun } from "./run-guest.ts";
import type { SerialChannel } from "./serial-channel.ts";
import { readShared, type SharedPlace } from "./shared-range.ts";

/** Between two looks at a guest. */
export const LOOK_INTERVAL_MS = 50;
/** Of the console, at each look: more than a guest writes between two of them. */
const TAIL_BYTES = 64 * 1024;

/** Where a running guest leaves what can be seen of it. */
export interface GuestFiles {
  readonly sharedFile: string;
  readonly consoleFile: string;
  readonly place: SharedPlace;
  readonly serial: SerialChannel | undefined;
}

/** Looks that go on until they are told to finish. */
export interface Looking {
  /** What the watch decided, and when vectors were first seen to run, in ms from the start. */
  finish(): { readonly decision: Decision; readonly firstVectorMs: number | undefined };
}

/** Looks at the control page in intervals, and aborts QEMU when the watch says so. */
export function watchGuest(
  guest: Pick<GuestRun, "limits" | "onProgress">,
  files: GuestFiles,
  stop: AbortController,
): Looking {
  const startMs = performance.now();
  const watch = createWatch(startMs, guest.limits);
  let decision: Decision = "go-on";
  let firstVectorMs: number | undefined;
  let isBusy = false;
  const look = async (): Promise<void> => {
    await files.serial?.pump();
    const { base, little } = files.place;
    const page = await readShared(files.sharedFile, base, CONTROL_BYTES);
    const progress = decodeProgress(page, little);
    const log = await readTail(files.consoleFile, TAIL_BYTES);
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
