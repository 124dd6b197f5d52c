/**
 * Lines of a kernel log that no good run has. Union of the interface's list, syzkaller's oopses and
 * rcutorture's console-badness.sh (tools/testing/selftests/rcutorture/bin @ 6.12.117).
 */
const SPLATS: readonly RegExp[] = [
  /\bBUG:/,
  /\bWARNING:/,
  /\bOops\b/,
  /\bINFO: (?:task .* blocked|rcu|possible|trying to register|suspicious)/,
  /refcount_t/,
  /\bK(?:A|C|M)SAN\b/,
  /\bUBSAN:/,
  /possible (?:circular|recursive|irq) lock/,
  /exited with irqs disabled/,
  /kernel BUG at/,
  /Badness at/,
  /Kernel panic - not syncing/,
  /Unable to handle kernel/,
  /general protection fault/,
  /(?:divide error|invalid opcode|double fault|stack segment|int3): 0000/,
  /(?:list_add|list_del) corruption/,
  /Bad (?:page state|page map|rss-counter)/,
  /scheduling while atomic/,
  /sleeping function called from invalid context/,
  /DEBUG_LOCKS_WARN_ON/,
  /soft lockup|hard LOCKUP|self-detected stall|detected stalls?/,
  /unreferenced object 0x/,
  /printk messages dropped/,
  /page allocation failure/,
  /!!!/,
];

const OUT_OF_MEMORY = /Out of memory|System is deadlocked on memory|oom-kill:/;
const PANIC = /Kernel panic - not syncing/;
const CAUSE = /\bBUG:|kernel BUG at|general protection fault|Oops\b|divide error|invalid opcode/;
const PREFIX = /^(?:<\d+>)?\[\s*\d+\.\d+\](?:\[\s*[TC]\d+\])?\s?/;
/** Lines of context that a report shows from the first bad line on. */
const EXCERPT_LINES = 14;

/** What the console of one guest says. */
export interface ConsoleScan {
  /** Bad lines without their time stamps, in order. */
  readonly splats: readonly string[];
  readonly panicked: boolean;
  readonly outOfMemory: boolean;
  /** One line: what brought the kernel down, or undefined. */
  readonly cause: string | undefined;
  /** From the first bad line on, at most a screenful. */
  readonly excerpt: readonly string[];
  /** The last line that is not empty. */
  readonly lastLine: string | undefined;
}

/** Reads a console log. Pure; time stamps and carriage returns are removed first. */
export function scanConsole(log: string): ConsoleScan {
  const lines = log
    .split("\n")
    .map((line) => line.replaceAll("\r", "").replace(PREFIX, ""))
    .filter((line) => line.trim() !== "");
  const isBad = (line: string): boolean => SPLATS.some((splat) => splat.test(line));
  const first = lines.findIndex((line) => isBad(line) || OUT_OF_MEMORY.test(line));
  const panic = lines.find((line) => PANIC.test(line));
  return {
    splats: lines.filter(isBad),
    panicked: panic !== undefined,
    outOfMemory: lines.some((line) => OUT_OF_MEMORY.test(line)),
    cause: lines.find((line) => CAUSE.test(line)) ?? panic,
    excerpt: first === -1 ? [] : lines.slice(first, first + EXCERPT_LINES),
    lastLine: lines.at(-1),
  };
}
