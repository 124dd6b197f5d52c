import type { NodeTier } from "../../../kernel-model/index.ts";
import { DEBUG_EXIT_STATUS } from "../arch/registry.ts";
import type { GuestDuty } from "../build/kernel-builds.ts";
import { type ConsoleScan, scanConsole } from "./console-scan.ts";
import type { RunnerProgress } from "./control-page.ts";
import type { Extras } from "./extras.ts";
import { diffTiers, type Facts } from "./facts.ts";
import type { Finding } from "./outcome.ts";

/** Of a report of kmemleak, enough for one object. */
const LEAK_LINES = 14;

/** How QEMU ended: on its own, or because we ended it for that reason. */
export type Ending = "own" | "boot-timeout" | "hang";

/** All that one guest left behind, without the vectors. */
export interface GuestEvidence {
  readonly ending: Ending;
  /** Of a hang: which of the clocks ran out. */
  readonly clock: string | undefined;
  /** Exit status of QEMU; null when a signal ended it. */
  readonly exitCode: number | null;
  readonly exitSignal: string | null;
  /** Last words of QEMU itself. */
  readonly qemuError: string;
  readonly progress: RunnerProgress;
  readonly facts: Facts;
  readonly console: string;
  /** What init had to do besides; what it handed over. */
  readonly duties: readonly GuestDuty[];
  readonly extras: Extras;
  /** Why the results cannot be read to their end, or undefined. */
  readonly resultsProblem: string | undefined;
  /** What the guest has to be. */
  readonly expected: {
    /** Start of `uname -v`. */
    readonly version: string;
    readonly tiers: readonly NodeTier[];
    /** Exit status of QEMU after init has left; that of q35 unless told. */
    readonly doneStatus?: number;
    /** Who makes the calls, by name. */
    readonly caller: string;
  };
}

/**
 * Says what went wrong in a guest, worst first; nothing when its results may be compared.
 *
 * The exit status alone proves nothing: a panic with `panic=-1` and `-no-reboot` gives 0. A guest
 * is good when it is the one that was asked for, init reached its end and left through the debug
 * exit device, the results are whole, the console is clean, and the taint did not change.
 */
export function classifyGuest(guest: GuestEvidence): Finding[] {
  const scan = scanConsole(guest.console);
  const identity = wrongIdentity(guest);
  if (identity !== undefined) return [identity];
  const stop = whyItStopped(guest, scan);
  if (stop !== undefined) return [stop];
  const findings: Finding[] = [];
  if (guest.resultsProblem !== undefined) {
    findings.push({ kind: "truncated", what: guest.resultsProblem, consoleLines: [] });
  }
  const blind = findNothingWatched(guest);
  if (blind !== undefined) findings.push(blind);
  const splat = findSplat(guest, scan) ?? findLeak(guest) ?? findLockdepOff(guest);
  return splat === undefined ? findings : [...findings, splat];
}

function wrongIdentity({ facts, progress, expected }: GuestEvidence): Finding | undefined {
  const version = facts.get("version");
  if (version !== undefined && !version.startsWith(`${expected.version} `)) {
    const what = `the guest runs '${version}', not the kernel '${expected.version}' that was built`;
    return { kind: "wrong-kernel", what, consoleLines: [] };
  }
  const caller = facts.get("caller") ?? "root";
  const makesCalls = ["running", "ending", "done"].includes(progress.state);
  if (makesCalls && caller !== expected.caller) {
    const what = `the guest makes its calls as '${caller}', not as '${expected.caller}'`;
    return { kind: "wrong-caller", what, consoleLines: [] };
  }
  if (!facts.has("nodes.memory")) return undefined;
  const [first] = diffTiers(facts, expected.tiers);
  if (first === undefined) return undefined;
  return { kind: "wrong-topology", what: first, consoleLines: [] };
}

function whyItStopped(guest: GuestEvidence, scan: ConsoleScan): Finding | undefined {
  const consoleLines = scan.excerpt;
  const splat = scan.kind === undefined ? {} : { splat: scan.kind };
  const stopped = (kind: Finding["kind"], what: string): Finding => {
    return { kind, ...splat, what, consoleLines };
  };
  if (scan.outOfMemory) return stopped("guest-oom", "the guest ran out of memory");
  const killed = signalOfInit(scan);
  if (killed !== undefined) {
    return { kind: "runner-killed", what: `signal ${killed} ended init`, consoleLines };
  }
  if (scan.panicked) return stopped("panic", `${scan.cause ?? "kernel panic"}; guest panicked`);
  if (guest.ending === "boot-timeout") {
    const last = scan.lastLine ?? "nothing";
    return stopped("boot-timeout", `init never reported; the console's last line is '${last}'`);
  }
  if (guest.ending === "hang") {
    const where = scan.cause === undefined ? "" : `; ${scan.cause}`;
    return stopped("hang", `${guest.clock ?? "no progress"}, guest ended${where}`);
  }
  if (guest.progress.state === "failed") {
    const signal = guest.facts.get("killed");
    if (signal === undefined) return runnerFailed(guest);
    return stopped("runner-killed", `signal ${signal} ended a process of init`);
  }
  const { exitCode, exitSignal, progress } = guest;
  const { doneStatus = DEBUG_EXIT_STATUS } = guest.expected;
  if (exitCode === doneStatus && progress.state === "done") return undefined;
  const how = exitSignal === null ? `with status ${exitCode}` : `by ${exitSignal}`;
  const words = guest.qemuError === "" ? "" : `: ${guest.qemuError}`;
  return stopped("qemu-died", `QEMU ended ${how} before the runner was done${words}`);
}

/** The signal that ended init, when the kernel complains of nothing else. */
function signalOfInit({ cause }: ConsoleScan): number | undefined {
  const [, status] = /Attempted to kill init! exitcode=0x(\w+)/.exec(cause ?? "") ?? [];
  return status === undefined ? undefined : Number.parseInt(status, 16) & 0x7f;
}

function runnerFailed({ facts }: GuestEvidence): Finding {
  const errno = facts.get("failed.errno") ?? "0";
  const reason = errno === "0" ? "" : `, errno ${errno}`;
  const what = `the runner gave up: ${facts.get("failed") ?? "it did not say why"}${reason}`;
  return { kind: "runner-failed", what, consoleLines: [] };
}

function findSplat({ facts }: GuestEvidence, scan: ConsoleScan): Finding | undefined {
  const before = facts.get("taint.before");
  const after = facts.get("taint.after");
  const [first] = scan.splats;
  if (first !== undefined) {
    const splat = scan.kind ?? "other";
    return { kind: "splat", splat, what: first, consoleLines: scan.excerpt };
  }
  if (before === "0" && after === "0") return undefined;
  const taint = `${before ?? "unknown"} before and ${after ?? "unknown"} after`;
  const what = `the kernel's taint is ${taint}`;
  return { kind: "splat", splat: "other", what, consoleLines: [] };
}

function findLeak({ duties, extras }: GuestEvidence): Finding | undefined {
  if (!duties.includes("leaks")) return undefined;
  const report = extras.get("kmemleak");
  if (report === undefined) {
    const what = "init handed no report of kmemleak over";
    return { kind: "truncated", what, consoleLines: [] };
  }
  if (report.length === 0) return undefined;
  const lines = new TextDecoder().decode(report).split("\n").slice(0, LEAK_LINES);
  const count = new TextDecoder().decode(report).split("unreferenced object").length - 1;
  const what = `kmemleak reports ${count} unreferenced objects, the first: ${lines[0] ?? ""}`;
  return { kind: "splat", splat: "leak", what, consoleLines: lines };
}

/** Lockdep turns itself off at its first complaint: what comes after it is not looked at. */
function findLockdepOff({ duties, facts }: GuestEvidence): Finding | undefined {
  if (!duties.includes("lockdep") || facts.get("lockdep") === "1") return undefined;
  const what = `lockdep is not on at the end: debug_locks is ${facts.get("lockdep") ?? "unknown"}`;
  return { kind: "splat", splat: "lockdep", what, consoleLines: [] };
}

/** KCSAN can be in a kernel and off, which allnoconfig leaves it: its silence says nothing then. */
function findNothingWatched({ duties, facts }: GuestEvidence): Finding | undefined {
  const watched = facts.get("watchpoints") ?? "no known number of";
  if (!duties.includes("watchpoints") || Number(watched) > 0) return undefined;
  const what = `KCSAN has watched ${watched} accesses: it is off in the kernel that was built`;
  return { kind: "wrong-kernel", what, consoleLines: [] };
}
