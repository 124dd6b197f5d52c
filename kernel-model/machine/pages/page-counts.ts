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

/** Member by member. */
export function addCounts(a: PageCounts, b: PageCounts): PageCounts {
  const sum = { ...NO_COUNTS, pages: a.pages + b.pages };
  for (const counter of PAGE_COUNTERS) sum[counter] = a[counter] + b[counter];
  return sum;
}

/** The law that every answer, every file and all sums obey. */
export function isConserved(counts: PageCounts): boolean {
  return PAGE_COUNTERS.reduce((sum, counter) => sum + counts[counter], 0) === counts.pages;
}
