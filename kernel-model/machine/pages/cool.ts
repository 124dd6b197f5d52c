import { addFolio, folioOf, type MemoryDraft, vmaAt } from "./draft.ts";
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

/**
 * Gives the parts that are mapped.
 *
 * A part that holds nothing but zeros is given back, and the zero page mapped instead, unless it is
 * locked. mm/migrate.c:try_to_map_unused_to_zeropage @ 6.12.117
 */
export function splitFolio(draft: MemoryDraft, folio: Folio): readonly Folio[] {
  const parts: Folio[] = [];
  for (const [name, entry] of Object.entries(draft.pages)) {
    if (!("folio" in entry) || entry.folio !== folio.id) continue;
    const page = Number(name);
    const tag = folio.tags[entry.index];
    if (tag === undefined) throw new Error("an entry is of no page of its folio");
    if (tag === 0 && vmaAt(draft.state.space, page)?.locked !== true) {
      draft.pages[page] = { kind: "zero" };
      continue;
    }
    const part = addFolio(draft, { node: folio.node, tags: [tag] });
    draft.pages[page] = { ...entry, folio: part.id, index: 0 };
    parts.push(part);
  }
  delete draft.folios[folio.id];
  return parts;
}
