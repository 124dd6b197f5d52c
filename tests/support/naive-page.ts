/** A page of the naive model, and what can be said of one alone. */

import type { Call } from "../../kernel-model/index.ts";

type MemoryOp =
  | "mmap"
  | "munmap"
  | "mprotect"
  | "mremap"
  | "madvise"
  | "brk"
  | "pkey"
  | "mlock"
  | "mlock-now"
  | "munlock"
  | "uffd"
  | "uffd-mode"
  | "touch";
export type NaiveMemoryCall = Extract<Call, { op: MemoryOp }>;

/** A page of the arena. Two pages that say the same are of one mapping to this model. */
export interface NaivePage {
  readonly kind: number;
  readonly prot: number;
  readonly lock: "" | "lo" | "lo lf";
  readonly uffd: number;
  /** Two letters each, as in smaps. */
  readonly marks: string;
  readonly denied: number;
}

export const DEVMEM = 4;
export const HUGETLB = 5;
export const STACK = 6;
export const READ_ONLY_FILE = 7;
export const SECRET = 8;
export const SHMEM = [1, 2, 3, 7];
export const ANONYMOUS = [0, STACK];
export const SHARED = [1, 3, DEVMEM, SECRET];

/** Marks that an advice takes away and puts there. */
const MARKS: Readonly<Record<number, readonly [away: string, there: string]>> = {
  0: ["sr rr", ""],
  1: ["sr", "rr"],
  2: ["rr", "sr"],
  10: ["", "dc"],
  11: ["dc", ""],
  14: ["nh", "hg"],
  15: ["hg", "nh"],
  16: ["", "dd"],
  17: ["dd", ""],
  18: ["", "wf"],
  19: ["wf", ""],
};
export const ADVICES = [3, 4, 8, 9, 20, 21, 24, 25, ...Object.keys(MARKS).map(Number)];

export function count(first: number, length: number): readonly number[] {
  return Array.from({ length: Math.max(0, length) }, (_, index) => first + index);
}

export function fresh(kind: number, prot: number): NaivePage {
  return { kind, prot, lock: "", uffd: 0, marks: "", denied: 0 };
}

export function reprotect(page: NaivePage, prot: number, part: boolean): NaivePage | number {
  if (page.kind === READ_ONLY_FILE && prot & 2) return -13;
  if (page.kind === SECRET && prot & 4) return -13;
  return part ? -22 : { ...page, prot };
}

/** Populated for writing: a private mapping that can be written. */
function isCopied(kind: number, prot: number): boolean {
  return (prot & 2) !== 0 && !SHARED.includes(kind);
}

/** What is said of a page after an advice. */
export function marksAfter(page: NaivePage, advice: number): string {
  const [away, there] = MARKS[advice] ?? ["", ""];
  const marks = page.marks.split(" ").filter((mark) => mark !== "" && !away.includes(mark));
  return [...new Set([...marks, ...there.split(" ").filter(Boolean)])].sort().join(" ");
}

/** Whether a page that is locked at once can't be populated. */
export function refusesPopulation({ kind, prot, denied }: NaivePage): boolean {
  if (kind === DEVMEM) return false;
  return (
    kind === SECRET || prot === 0 || (denied & 1) !== 0 || (denied !== 0 && isCopied(kind, prot))
  );
}

/** The error of an advice on a page, or 0. Nothing is collapsed that is no whole huge page. */
export function refusalOf(page: NaivePage, advice: number, unaligned: boolean): number {
  const { kind } = page;
  if (advice === 3) return ANONYMOUS.includes(kind) ? -9 : 0;
  if (advice === 9) return removalOf(page);
  return advice === 25 || isInvalid(page, advice, unaligned) ? -22 : 0;
}

function isInvalid({ kind, lock }: NaivePage, advice: number, unaligned: boolean): boolean {
  const isOld = advice === 20 || advice === 21;
  if (advice === 4 || advice === 8 || isOld) {
    if (lock !== "" || kind === DEVMEM) return true;
  }
  if (kind === HUGETLB && (isOld || ([4, 24].includes(advice) && unaligned))) return true;
  if (advice === 8 || advice === 18) return !ANONYMOUS.includes(kind);
  return kind === DEVMEM && [11, 17, 24].includes(advice);
}

/** Only shared memory that can be written has holes made. */
function removalOf({ kind, lock }: NaivePage): number {
  if (lock !== "" || ANONYMOUS.includes(kind)) return -22;
  if (!SHARED.includes(kind)) return -13;
  if (kind === DEVMEM) return -19;
  return kind === SECRET ? -95 : 0;
}

/** What populating a page says: nothing is in the pool of huge pages. */
export function populationOf({ kind, prot, denied }: NaivePage, write: boolean): number {
  if (kind === DEVMEM || kind === SECRET) return -22;
  if ((prot & (write ? 2 : 1)) === 0 || (denied & (write ? 3 : 1)) !== 0) return -22;
  return kind === HUGETLB ? -14 : 0;
}

export function lettersOf({ kind, prot, lock, uffd, marks }: NaivePage): string {
  const has = (mark: string): string => (marks.includes(mark) ? mark : "");
  return [
    prot & 1 ? "rd" : "",
    prot & 2 ? "wr" : "",
    prot & 4 ? "ex" : "",
    SHARED.includes(kind) ? "sh" : "",
    kind === STACK ? "gd" : "",
    uffd & 1 ? "um" : "",
    kind === DEVMEM ? "pf" : "",
    uffd & 2 ? "uw" : "",
    lock === "" ? "" : "lo",
    kind === DEVMEM ? "io" : "",
    ...["sr", "rr", "dc"].map(has),
    lock === "lo lf" ? "lf" : "",
    kind === HUGETLB ? "ht" : "",
    ...["wf", "dd", "hg", "nh"].map(has),
    uffd & 4 ? "ui" : "",
  ]
    .filter(Boolean)
    .join(" ");
}
