/** What became of the base pages of hints: `pages` is the sum of the other five. */
export interface PageCounts {
  readonly pages: number;
  readonly absent: number;
  readonly already: number;
  readonly moved: number;
  readonly skipped: number;
  readonly failed: number;
}

/** One of the five: each page is counted in one of them. */
export type PageCounter = Exclude<keyof PageCounts, "pages">;

export const PAGE_COUNTERS = ["absent", "already", "moved", "skipped", "failed"] as const;

/** Of a hint that was refused. */
export const NO_COUNTS: PageCounts = {
  pages: 0,
  absent: 0,
  already: 0,
  moved: 0,
  skipped: 0,
  failed: 0,
};

/** The counts of pages of which each became something. */
export function countPages(became: readonly PageCounter[]): PageCounts {
  const counts = { ...NO_COUNTS, pages: became.length };
  for (const counter of became) counts[counter] += 1;
  return counts;
}

/** Member by member, spelled out: every hint that is counted passes here. */
export function addCounts(a: PageCounts, b: PageCounts): PageCounts {
  return {
    pages: a.pages + b.pages,
    absent: a.absent + b.absent,
    already: a.already + b.already,
    moved: a.moved + b.moved,
    skipped: a.skipped + b.skipped,
    failed: a.failed + b.failed,
  };
}

/** The law that every answer, every file and all sums obey. */
export function isConserved(counts: PageCounts): boolean {
  const { pages, absent, already, moved, skipped, failed } = counts;
  return absent + already + moved + skipped + failed === pages;
}
