/** What a complaint of the kernel is about. */
export type SplatKind =
  | "kasan"
  | "kcsan"
  | "ubsan"
  | "lockdep"
  | "refcount"
  | "hung-task"
  | "lockup"
  | "leak"
  | "atomic-sleep"
  | "corruption"
  | "warning"
  | "bug"
  | "oops"
  | "other";

/**
 * Lines of a kernel log that no good run has, the special before the general: KASAN's first line
 * begins with `BUG:`, lockdep's with `WARNING:`. Union of the interface's list, syzkaller's oopses
 * and rcutorture's console-badness.sh (tools/testing/selftests/rcutorture/bin @ 6.12.117).
 */
const SPLATS: readonly (readonly [SplatKind, RegExp])[] = [
  ["kcsan", /\bKCSAN\b/],
  ["kasan", /\bK(?:A|M)SAN\b/],
  ["ubsan", /\bUBSAN:/],
  [
    "lockdep",
    /possible (?:circular|recursive|irq|deadlock)|bad unlock balance|DEBUG_LOCKS_WARN_ON/,
  ],
  ["lockdep", /inconsistent lock state|held lock freed|lock held when returning|suspicious RCU/],
  ["lockdep", /\bINFO: (?:trying to register|possible|suspicious)/],
  ["refcount", /refcount_t/],
  ["hung-task", /\bINFO: task .* blocked/],
  ["lockup", /soft lockup|hard LOCKUP|self-detected stall|detected stalls?|\bINFO: rcu/],
  ["leak", /unreferenced object 0x/],
  ["atomic-sleep", /scheduling while atomic|sleeping function called from invalid context/],
  ["atomic-sleep", /exited with irqs disabled/],
  ["corruption", /(?:list_add|list_del) corruption|Bad (?:page state|page map|rss-counter)/],
  ["warning", /\bWARNING:/],
  ["bug", /[Kk]ernel BUG at|\bBUG:(?! (?:unable to handle|kernel NULL pointer))/],
  ["oops", /\bBUG:|\bOops\b|Unable to handle kernel|general protection fault/],
  ["oops", /(?:divide error|invalid opcode|double fault|stack segment|int3): 0000/],
  ["oops", /Kernel panic - not syncing/],
  ["other", /Badness at|printk messages dropped|page allocation failure|!!!/],
];

const OUT_OF_MEMORY = /Out of memory|System is deadlocked on memory|oom-kill:/;
const PANIC = /Kernel panic - not syncing/;
const CAUSES: readonly SplatKind[] = ["kasan", "hung-task", "bug", "oops"];
const PREFIX = /^(?:<\d+>)?\[\s*\d+\.\d+\](?:\[\s*[TC]\d+\])?\s?/;
/** Lines of context that a report shows from the first bad line on. */
const EXCERPT_LINES = 14;

/** What the console of one guest says. */
export interface ConsoleScan {
  /** Bad lines without their time stamps, in order. */
  readonly splats: readonly string[];
  /** Of the first of them. */
  readonly kind: SplatKind | undefined;
  readonly panicked: boolean;
  readonly outOfMemory: boolean;
  /** One line: what brought the kernel down, or undefined. */
  readonly cause: string | undefined;
  /** From the first bad line on, at most a screenful. */
  readonly excerpt: readonly string[];
  /** The last line that is not empty. */
  readonly lastLine: string | undefined;
}

/** What a line complains of; undefined for a line that a good run may have. */
export function splatKindOf(line: string): SplatKind | undefined {
  return SPLATS.find(([, pattern]) => pattern.test(line))?.[0];
}

function isCause(line: string): boolean {
  const kind = splatKindOf(line);
  return kind !== undefined && CAUSES.includes(kind) && !PANIC.test(line);
}

/** Reads a console log. Pure; time stamps and carriage returns are removed first. */
export function scanConsole(log: string): ConsoleScan {
  const lines = log
    .split("\n")
    .map((line) => line.replaceAll("\r", "").replace(PREFIX, ""))
    .filter((line) => line.trim() !== "");
  const isBad = (line: string): boolean => splatKindOf(line) !== undefined;
  const splats = lines.filter(isBad);
  const first = lines.findIndex((line) => isBad(line) || OUT_OF_MEMORY.test(line));
  const panic = lines.find((line) => PANIC.test(line));
  return {
    splats,
    kind: splats[0] === undefined ? undefined : splatKindOf(splats[0]),
    panicked: panic !== undefined,
    outOfMemory: lines.some((line) => OUT_OF_MEMORY.test(line)),
    cause: lines.find(isCause) ?? panic,
    excerpt: first === -1 ? [] : lines.slice(first, first + EXCERPT_LINES),
    lastLine: lines.at(-1),
  };
}
