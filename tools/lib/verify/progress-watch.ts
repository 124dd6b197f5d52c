import type { RunnerProgress } from "./control-page.ts";

/** How long a guest may be silent. */
export interface WatchLimits {
  /** From QEMU's start until init runs vectors. */
  readonly bootMs: number;
  /** Without a new record while vectors run. */
  readonly quietMs: number;
  /** Without a new step once vectors have run: a scan for leaks looks at all memory. */
  readonly endMs: number;
  /** For one vector, whatever it reports. */
  readonly vectorMs: number;
  /** For the machine, whatever it reports. */
  readonly machineMs: number;
}

/** What the host decides after one look. */
export type Decision = "go-on" | "boot-timeout" | Clock;

/** Why a guest is taken to hang. */
export type Clock = "lockup" | "quiet" | "end-timeout" | "vector-timeout" | "machine-timeout";

/** For people: what ran out. */
export const CLOCK_WORDS: Readonly<Record<Clock, string>> = {
  lockup: "no progress",
  quiet: "no progress",
  "end-timeout": "init did not come to its end after the last vector",
  "vector-timeout": "a vector did not come to its end",
  "machine-timeout": "the guest did not come to its end",
};

/** Looks at a guest again and again. */
export type Watch = (nowMs: number, progress: RunnerProgress, isLockedUp: boolean) => Decision;

/** A guest under load, and its TCG, get this much time. */
export const DEFAULT_LIMITS: WatchLimits = {
  ...{ bootMs: 60_000, quietMs: 20_000, endMs: 120_000 },
  ...{ vectorMs: 60_000, machineMs: 1_800_000 },
};

/** Limits for a kernel that is that many times slower. */
export function patient(limits: WatchLimits, factor: number): WatchLimits {
  const { bootMs, quietMs, endMs, vectorMs, machineMs } = limits;
  return {
    ...{ bootMs: bootMs * factor, quietMs: quietMs * factor, endMs: endMs * factor },
    ...{ vectorMs: vectorMs * factor, machineMs: machineMs * factor },
  };
}

/**
 * Decides from a series of looks whether a guest stands still. The clock is handed in.
 *
 * Three clocks: the vector's, progress, the machine's. Once vectors have run, the first stands
 * still and the second is slower. A lockup that the kernel itself reports ends the wait: the
 * vector's CPU will not return.
 */
export function createWatch(startMs: number, limits: WatchLimits): Watch {
  let beats = -1;
  let vector = -1;
  let lastMs = startMs;
  let vectorStartMs = startMs;
  return (nowMs, progress, isLockedUp) => {
    if (nowMs - startMs > limits.machineMs) return "machine-timeout";
    const isBooting = progress.state === "none" || progress.state === "started";
    if (isBooting) return nowMs - startMs > limits.bootMs ? "boot-timeout" : "go-on";
    if (progress.vector !== vector || progress.state !== "running") {
      vector = progress.vector;
      vectorStartMs = nowMs;
    }
    if (progress.beats !== beats) {
      beats = progress.beats;
      lastMs = nowMs;
    }
    if (isLockedUp) return "lockup";
    if (progress.state === "ending") {
      return nowMs - lastMs > limits.endMs ? "end-timeout" : "go-on";
    }
    if (nowMs - lastMs > limits.quietMs) return "quiet";
    return nowMs - vectorStartMs > limits.vectorMs ? "vector-timeout" : "go-on";
  };
}
