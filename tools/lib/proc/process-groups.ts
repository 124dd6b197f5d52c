/** Process groups that are alive, so that a signal to rfckit ends every child it started. */
const living = new Set<number>();

export interface TrackedGroup {
  /** Sends SIGTERM to the group, and SIGKILL after `graceMs`. */
  end(graceMs: number): void;
  /** Kills what is left of the group and stops tracking it. */
  forget(): void;
}

/** Follows the process group that `pid` leads; no pid, as of a failed start, is no group. */
export function trackProcessGroup(pid: number | undefined): TrackedGroup {
  if (pid === undefined) return { end: () => {}, forget: () => {} };
  living.add(pid);
  let timer: NodeJS.Timeout | undefined;
  return {
    end(graceMs) {
      signalGroup(pid, "SIGTERM");
      timer ??= setTimeout(() => signalGroup(pid, "SIGKILL"), graceMs);
    },
    forget() {
      clearTimeout(timer);
      signalGroup(pid, "SIGKILL");
      living.delete(pid);
    },
  };
}

/** Kills every group that is still tracked; for the last moment before rfckit itself ends. */
export function killAllProcessGroups(): void {
  for (const pid of living) signalGroup(pid, "SIGKILL");
  living.clear();
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // ESRCH: the group is gone already, which is what the caller wants.
  }
}
