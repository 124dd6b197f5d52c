import type { RunnerProgress } from "./control-page.ts";

/** How long a guest may be silent. */
export interface WatchLimits {
  /** From QEMU's start until init runs vectors. */
  readonly bootMs: number;
  /** Without a new record while vectors run. */
  readonly quietMs: number;
}

/** What the host decides after one look. */
export type Decision = "go-on" | "boot-timeout" | "hang";

/** Looks at a guest again and again. */
export type Watch = (nowMs: number, progress: RunnerProgress, isLockedUp: boolean) => Decision;

/** A guest under load, and its TCG, get this much time. */
export const DEFAULT_LIMITS: WatchLimits = { bootMs: 60_000, quietMs: 20_000 };

/**
 * Decides from a series of looks whether a guest stands still. The clock is handed in.
 *
 * A soft lockup that the kernel itself reports ends the wait: the vector's CPU will not return.
 */
export function createWatch(startMs: number, limits: WatchLimits): Watch {
  let beats = -1;
  let lastMs = startMs;
  return (nowMs, progress, isLockedUp) => {
    const isBooting = progress.state === "none" || progress.state === "started";
    if (isBooting) return nowMs - startMs > limits.bootMs ? "boot-timeout" : "go-on";
    if (progress.beats !== beats) {
      beats = progress.beats;
      lastMs = nowMs;
    }
    return isLockedUp || nowMs - lastMs > limits.quietMs ? "hang" : "go-on";
  };
}
