import { EXIT, type ExitCode } from "../lib/error.ts";
import { killAllProcessGroups } from "../lib/proc/process-groups.ts";

export interface SignalWatch {
  readonly signal: AbortSignal;
  /** The exit code that belongs to the signal that arrived, if one did. */
  exitCode(): ExitCode | undefined;
  stop(): void;
}

/**
 * Turns SIGINT and SIGTERM into an abort, so that commands clean up and leave nothing half-written.
 * SIGHUP, of a terminal that goes, is one too: children have sessions of their own and would stay.
 * A second signal ends the children and rfckit at once.
 */
export function watchSignals(): SignalWatch {
  const controller = new AbortController();
  let code: ExitCode | undefined;
  const onSignal = (next: ExitCode) => (): void => {
    if (code !== undefined) {
      killAllProcessGroups();
      process.exit(next);
    }
    code = next;
    controller.abort();
  };
  const handlers = {
    SIGINT: onSignal(EXIT.interrupted),
    SIGTERM: onSignal(EXIT.terminated),
    SIGHUP: onSignal(EXIT.terminated),
  };
  for (const [name, handler] of Object.entries(handlers)) process.on(name, handler);
  return {
    signal: controller.signal,
    exitCode: () => code,
    stop() {
      for (const [name, handler] of Object.entries(handlers)) process.off(name, handler);
      killAllProcessGroups();
    },
  };
}
