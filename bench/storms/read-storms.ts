import { scanConsole } from "../../tools/lib/verify/console-scan.ts";

/** One storm, as its line tells it. */
export interface Storm {
  readonly kind: string;
  readonly threads: number;
  /** How often memory, or the machine, was changed; or processes that came to their end. */
  readonly changes: number;
  readonly hints: number;
  readonly refused: number;
  /** By the end of their process, and of those the ones that had done a part. */
  readonly interrupted: number;
  readonly halfway: number;
  readonly moved: number;
  /** Answers, sums and contents that were wrong, and the first of them. */
  readonly bad: number;
  readonly why: string;
}

/** A hint to a node without free memory. */
export interface FullNode {
  readonly moved: number;
  readonly failed: number;
}

export interface StormsOutcome {
  readonly storms: readonly Storm[];
  readonly full: FullNode | undefined;
  /** What was wrong besides: with the full node, the kernel's log, or the guest itself. */
  readonly problems: readonly string[];
  readonly lockdep: string;
}

/** What the program said, and the kernel. */
export function readStorms(console: string): StormsOutcome {
  const lines = console.replaceAll("\r", "").split("\n");
  const storms = lines.flatMap(readStorm);
  const [, moved, failed] = /^full\|(\d+)\|(\d+)$/m.exec(lines.join("\n")) ?? [];
  const full = moved === undefined ? moved : { moved: Number(moved), failed: Number(failed) };
  const end = lines.find((line) => line.startsWith("full|end|"));
  const problems = [
    ...scanConsole(console).splats,
    ...lines.filter((line) => /unreferenced object|can't write to/.test(line)),
    ...(end === "full|end|0|" ? [] : [end ?? "the full node was not tried"]),
    ...(lines.includes("done") ? [] : ["the guest did not come to its end"]),
  ];
  const lockdep = /debug_locks:\s*(\d)/.exec(console)?.[1] ?? "-";
  return { storms, full, problems, lockdep };
}

function readStorm(line: string): readonly Storm[] {
  const [word, kind = "", ...rest] = line.split("|");
  if (word !== "storm" || rest.length !== 9) return [];
  const [threads = 0, changes = 0, hints = 0, refused = 0, interrupted = 0] = rest.map(Number);
  const [halfway = 0, moved = 0, bad = 0] = rest.slice(5).map(Number);
  const ends = { interrupted, halfway, moved, bad, why: rest[8] ?? "" };
  return [{ kind, threads, changes, hints, refused, ...ends }];
}
