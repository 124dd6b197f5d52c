import type { RunnerProgress } from "./control-page.ts";

/** One look at a guest, for people who watch. */
export interface GuestLook {
  /** Tells guests of one run apart: the end of its folder's path. */
  readonly name: string;
  readonly phase: "boot" | "vectors" | "done" | "failed";
  /** Vectors begun, of all that the guest has. */
  readonly vector: number;
  readonly nrVectors: number;
  /** Vectors a second since the first. */
  readonly perSecond: number;
  /** The console's last line, or what went wrong. */
  readonly lastLine: string;
}

/** Told of each look, and once more when a guest ended. */
export type OnGuest = (look: GuestLook) => void;

const PHASES: Readonly<Record<RunnerProgress["state"], GuestLook["phase"]>> = {
  none: "boot",
  started: "boot",
  running: "vectors",
  ending: "vectors",
  done: "done",
  failed: "failed",
};

/** Makes looks out of what is seen of one guest. The clock is handed in, in milliseconds. */
export function createLooker(name: string, nrVectors: number) {
  let firstMs: number | undefined;
  return (progress: RunnerProgress, lastLine: string, nowMs: number): GuestLook => {
    const begun = progress.beats > 0 ? progress.vector + 1 : 0;
    if (begun > 0) firstMs ??= nowMs;
    const seconds = (nowMs - (firstMs ?? nowMs)) / 1000;
    const perSecond = seconds > 0 ? Math.round(begun / seconds) : 0;
    const phase = PHASES[progress.state];
    return { name, phase, vector: begun, nrVectors, perSecond, lastLine };
  };
}

/** Tells somebody of one guest: of each look, and of its end. */
export interface Teller {
  readonly watcher: {
    readonly onProgress?: (progress: RunnerProgress, lastLine: string) => void;
  };
  /** @param wrong what went wrong, if something did */
  end(progress: RunnerProgress, wrong: string | undefined): void;
}

/** A guest is called by the last parts of its folder's path. */
const NAME_PARTS = -2;

/** @param dir folder of the guest */
export function createTeller(onGuest: OnGuest | undefined, dir: string, nrVectors: number): Teller {
  if (onGuest === undefined) return { watcher: {}, end: () => {} };
  const look = createLooker(dir.split("/").slice(NAME_PARTS).join("/"), nrVectors);
  return {
    watcher: {
      onProgress: (progress, lastLine) => onGuest(look(progress, lastLine, performance.now())),
    },
    end(progress, wrong) {
      const last = look(progress, wrong ?? "", performance.now());
      onGuest({ ...last, phase: wrong === undefined ? "done" : "failed" });
    },
  };
}
