import { HINT_OP } from "../../abi/hint-ops.ts";
import type { PageCounter } from "./page-counts.ts";
import type { Folio, PageEntry } from "./page-state.ts";

/** What decides over one page of a hint's range. */
export interface PageView {
  readonly op: number;
  readonly entry: PageEntry | undefined;
  readonly folio: Folio | undefined;
  /** What folio_likely_mapped_shared() says. */
  readonly isShared: boolean;
  /** Where its pages should be; null when there is no such node, or it is not allowed. */
  readonly destination: number | null;
  /** There is no free memory on the destination. */
  readonly isFull: boolean;
}

/** One row of the table of page outcomes: the first that matches is what becomes of the page. */
export interface PageRow {
  /** Kebab-case, stable. */
  readonly id: string;
  readonly condition: string;
  /** The counter; two where the kernel has a choice. */
  readonly counters: readonly PageCounter[];
  /** Why there is a choice, and how far it goes. */
  readonly choice?: string;
  /** `path:symbol` at the base version, or in the series. */
  readonly source: string;
  readonly matches: (view: PageView) => boolean;
}

/** In the order in which mm/hbf.c asks. */
export const PAGE_ROWS: readonly PageRow[] = [
  {
    id: "made-cold",
    condition: "RELEASE: the page stays where it is, whatever it is",
    counters: ["already"],
    source: "mm/madvise.c:madvise_cold",
    matches: ({ op }) => op === HINT_OP.release,
  },
  {
    id: "not-there",
    condition: "nothing is mapped, or the page is in swap; PREFETCH has populated it by then",
    counters: ["absent"],
    source: "mm/pagewalk.c:folio_walk_start",
    matches: ({ entry }) => entry === undefined || entry.kind === "swapped",
  },
  {
    id: "zero-page",
    condition: "the zero page, or the huge one",
    counters: ["skipped"],
    source: "include/linux/mm.h:is_zero_folio",
    matches: ({ entry }) => entry?.kind === "zero",
  },
  {
    id: "at-destination",
    condition: "the page is on the node where it should be",
    counters: ["already"],
    source: "mm/hbf.c:hbf_take_pages",
    matches: ({ folio, destination }) => folio?.node === destination,
  },
  {
    id: "no-destination",
    condition: "no node is below that of the page, or the cpuset does not allow the one",
    counters: ["skipped"],
    source: "mm/memory-tiers.c:next_demotion_node",
    matches: ({ destination }) => destination === null,
  },
  {
    id: "mapped-shared",
    condition: "other processes seem to map the page, too",
    counters: ["skipped"],
    source: "include/linux/mm.h:folio_likely_mapped_shared",
    matches: ({ isShared }) => isShared,
  },
  {
    id: "unmovable",
    condition: "the page is none that can move: of memfd_secret(), or of the kernel's image",
    counters: ["failed"],
    source: "mm/secretmem.c:secretmem_migrate_folio",
    matches: ({ folio }) => folio?.movable === false,
  },
  {
    id: "pinned",
    condition: "the page is pinned for long",
    counters: ["failed"],
    source: "mm/migrate.c:folio_migrate_mapping",
    matches: ({ folio }) => folio?.pinned === true,
  },
  {
    id: "no-room",
    condition: "the destination has no free memory",
    counters: ["failed", "moved"],
    choice:
      "per-CPU lists may hold a few pages still: the first pages of a batch may move, and after " +
      "the first that fails for this reason no other is tried",
    source: "mm/migrate.c:migrate_pages_batch",
    matches: ({ isFull }) => isFull,
  },
  {
    id: "moves",
    condition: "else",
    counters: ["moved"],
    source: "mm/migrate.c:migrate_pages",
    matches: () => true,
  },
];

/** The row of a page. */
export function pageRow(view: PageView): PageRow {
  const row = PAGE_ROWS.find(({ matches }) => matches(view));
  if (row === undefined) throw new Error("the last row of the table matches every page");
  return row;
}
