import { rowsOfStage } from "../machine/check-order.ts";
import type { Machine } from "../machine/params.ts";
import { type RowPair, rowPairs } from "./pairs.ts";

/** A pair of rows that no call can show in that order, and why. */
export interface InfeasiblePair extends RowPair {
  readonly reason: string;
}

/** A reason, and the pairs that it speaks of; `*` stands for every row. */
interface Reason {
  readonly first: readonly string[];
  readonly second: readonly string[];
  readonly reason: string;
  /** Absent: on every machine. */
  readonly when?: (machine: Machine) => boolean;
}

const ALL = ["*"];
const SCAN_OF_DEMOTE_OR_RELEASE = ["vma-locked"];
const SCAN_OF_PREFETCH = [
  "vma-unreadable",
  "vma-secret",
  "vma-key-denies",
  "vma-uffd-missing",
  "vma-uffd-minor",
];
const TARGET_ROWS = ["target-without-memory", "target-not-allowed"];
const TIER_ROWS = ["promotion-below-top", "demotion-to-top"];
const VMA_ROWS = [
  "vma-not-migratable",
  "vma-hugetlb",
  "vma-locked",
  "vma-unreadable",
  "vma-secret",
  "vma-key-denies",
  "vma-uffd-missing",
  "vma-uffd-minor",
];

const oneMemoryNode = ({ nodes }: Machine): boolean =>
  nodes.filter(({ hasMemory }) => hasMemory).length < 2;
const oneTier = ({ nodes }: Machine): boolean =>
  !nodes.some(({ hasMemory, topTier }) => hasMemory && !topTier);

const REASONS: readonly Reason[] = [
  {
    first: ["size-faults"],
    second: ALL,
    reason: "an argument whose size can't be read has no other member either",
  },
  {
    first: ["size-above-page"],
    second: ["size-below-ver0"],
    reason: "size can't be too great and too small at once",
  },
  {
    first: ["size-below-ver0"],
    second: ["tail-faults", "tail-not-zero", "results-not-zero", "resv1-not-zero", "result-faults"],
    reason: "an argument shorter than 64 bytes has no tail, and no results",
  },
  {
    first: ["tail-faults"],
    second: ["tail-not-zero"],
    reason: "what the scan of the tail meets first decides, a fault or a byte",
  },
  {
    first: ["tail-not-zero"],
    second: ["body-faults"],
    reason: "a tail that can be read lies behind a body that can be read",
  },
  {
    first: ["op-unknown"],
    second: [
      "release-with-target",
      ...TIER_ROWS,
      ...SCAN_OF_DEMOTE_OR_RELEASE,
      ...SCAN_OF_PREFETCH,
    ],
    reason: "the later row asks for a certain op, which is a known one",
  },
  {
    first: ["release-with-target"],
    second: [...TIER_ROWS, ...SCAN_OF_PREFETCH],
    reason: "the rows ask for different ops",
  },
  {
    first: ["promotion-below-top"],
    second: ["demotion-to-top", ...SCAN_OF_DEMOTE_OR_RELEASE],
    reason: "the rows ask for different ops",
  },
  {
    first: ["demotion-to-top"],
    second: SCAN_OF_PREFETCH,
    reason: "the rows ask for different ops",
  },
  {
    first: SCAN_OF_DEMOTE_OR_RELEASE,
    second: SCAN_OF_PREFETCH,
    reason: "the rows ask for different ops",
  },
  {
    first: SCAN_OF_PREFETCH,
    second: SCAN_OF_DEMOTE_OR_RELEASE,
    reason: "the rows ask for different ops",
  },
  {
    first: ["len-zero"],
    second: ["len-unaligned", "range-wraps"],
    reason: "a length of zero is aligned and overflows nothing",
  },
  {
    first: ["len-zero"],
    second: ["range-hole", "range-beyond-task-size", ...VMA_ROWS],
    reason: "an empty range has no page that could be wrong",
  },
  {
    first: ["target-out-of-range"],
    second: [...TARGET_ROWS, ...TIER_ROWS],
    reason: "the later rows ask about a node that the node masks can hold",
  },
  {
    first: ["target-without-memory"],
    second: ["demotion-to-top"],
    reason: "a node without memory is in no tier",
  },
  {
    first: ["range-beyond-task-size"],
    second: ["range-hole", ...VMA_ROWS],
    reason: "nothing lies above TASK_SIZE but what is beyond it",
  },
  {
    first: ["vma-hugetlb"],
    second: SCAN_OF_DEMOTE_OR_RELEASE,
    reason: "mlock leaves hugetlb alone, and the arena is one huge page",
  },
  {
    first: ["vma-not-migratable", "vma-locked", ...SCAN_OF_PREFETCH],
    second: ["vma-hugetlb"],
    reason: "the arena is one huge page, so no mapping can lie before it",
  },
  {
    first: ["vma-hugetlb"],
    second: ["vma-not-migratable", "vma-secret"],
    reason: "the arena is one huge page, so no mapping can lie behind it",
  },
  {
    first: ["target-not-allowed"],
    second: ALL,
    reason: "every cpuset holds the one memory node, and no other gets past the row before",
    when: oneMemoryNode,
  },
  {
    first: ["promotion-below-top"],
    second: ALL,
    reason: "every node with memory is top tier, and no other gets past the rows before",
    when: oneTier,
  },
];

/** The pairs of rows that no vector can show on a machine, with the first reason that holds. */
export function infeasiblePairs(machine: Machine): readonly InfeasiblePair[] {
  const fileRows = new Set(rowsOfStage(machine.stage).file.map(({ id }) => id));
  return rowPairs(machine.stage).flatMap((pair) => {
    const reason = fileReason(pair, fileRows) ?? reasonFor(pair, machine);
    return reason === undefined ? [] : [{ ...pair, reason }];
  });
}

function fileReason({ first, second }: RowPair, fileRows: ReadonlySet<string>): string | undefined {
  if (!fileRows.has(first)) return undefined;
  const sameCall =
    second === first.replace("-not-open-for-reading", "").replace("-not-open-for-writing", "");
  return sameCall ? undefined : "the rows answer different system calls";
}

function reasonFor({ first, second }: RowPair, machine: Machine): string | undefined {
  const found = REASONS.find(
    (reason) =>
      matches(reason.first, first) &&
      matches(reason.second, second) &&
      (reason.when?.(machine) ?? true),
  );
  return found?.reason;
}

function matches(ids: readonly string[], id: string): boolean {
  return ids.includes(id) || ids.includes("*");
}
