import type { State } from "../state.ts";
import type { Folio, PageTable } from "./page-state.ts";

/** How often a table maps each base page of a folio. */
function mapCounts(table: PageTable, folio: Folio): readonly number[] {
  const counts = folio.tags.map(() => 0);
  for (const entry of Object.values(table)) {
    if ("folio" in entry && entry.folio === folio.id) {
      counts[entry.index] = (counts[entry.index] ?? 0) + 1;
    }
  }
  return counts;
}

/**
 * Whether the kernel takes a folio to be mapped by several processes. Of a large one that no
 * process maps whole it asks the first page only. One that a process maps whole counts once as a
 * whole, or as often as it has pages, and any further mapping makes it shared in both cases.
 *
 * include/linux/mm.h:folio_likely_mapped_shared @ 6.12.117
 */
export function isMappedShared(state: State, pages: PageTable, folio: Folio): boolean {
  if (state.parents.length === 0 && folio.tags.length > 1) return false;
  const tables = [pages, ...state.parents.map((parent) => parent.pages)];
  const counts = tables.map((table) => mapCounts(table, folio));
  const sums = folio.tags.map((_, index) =>
    counts.reduce((sum, ofTable) => sum + (ofTable[index] ?? 0), 0),
  );
  const isWhole = counts.some((ofTable) => ofTable.every((count) => count > 0));
  return isWhole ? sums.some((count) => count > 1) : (sums[0] ?? 0) > 1;
}
