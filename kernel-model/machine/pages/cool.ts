import { addFolio, folioOf, type MemoryDraft } from "./draft.ts";
import { isMappedShared } from "./mapped.ts";
import type { Folio } from "./page-state.ts";

/**
 * MADV_COLD leaves every page where it is, but splits a large folio of which the range has only a
 * part, unless it is shared or pinned. mm/madvise.c:madvise_cold_or_pageout_pte_range @ 6.12.117
 */
export function coolRange(draft: MemoryDraft, start: number, end: number): void {
  const seen = new Map<number, number>();
  for (let page = start; page < end; page += 1) {
    const folio = folioOf(draft, draft.pages[page]);
    if (folio !== undefined) seen.set(folio.id, (seen.get(folio.id) ?? 0) + 1);
  }
  for (const [id, pages] of seen) {
    const folio = draft.folios[id];
    if (folio === undefined || pages === folio.tags.length || folio.pinned) continue;
    if (!isMappedShared(draft.state, draft.pages, folio)) splitFolio(draft, folio);
  }
}

function splitFolio(draft: MemoryDraft, folio: Folio): void {
  const parts = folio.tags.map((tag) => addFolio(draft, { node: folio.node, tags: [tag] }));
  for (const [page, entry] of Object.entries(draft.pages)) {
    if (!("folio" in entry) || entry.folio !== folio.id) continue;
    const part = parts[entry.index];
    if (part === undefined) throw new Error("an entry is of no page of its folio");
    draft.pages[Number(page)] = { ...entry, folio: part.id, index: 0 };
  }
  delete draft.folios[folio.id];
}
