import { ADVICE_FLAG } from "../address-space.ts";
import { UnmodelledCallError } from "../outcome.ts";
import type { State } from "../state.ts";
import { draftOf, folioOf, followsPages, settle } from "./draft.ts";
import type { PageEntry, PageTable } from "./page-state.ts";

/**
 * The page tables of parent and child after fork(), or null before v3. Only mappings with private
 * pages are copied: what a fault would bring back is left to it. A page that is shared then is no
 * longer the own one of either. mm/memory.c:vma_needs_copy, copy_present_ptes @ 6.12.117
 */
export function shareWithChild(
  state: State,
): { readonly parent: PageTable; readonly child: PageTable } | null {
  if (!followsPages(state)) return null;
  const parent: Record<number, PageEntry> = { ...state.pages };
  const child: Record<number, PageEntry> = {};
  for (const { start, end, kind, advice } of state.space) {
    const isLeft = (advice & (ADVICE_FLAG.dontCopy | ADVICE_FLAG.wipeOnFork)) !== 0;
    if (isLeft || kind.shared) continue;
    const own = entriesOf(state.pages, start, end);
    if (own.length === 0) continue;
    if (!own.some(([, entry]) => entry.kind === "anon" || entry.kind === "swapped")) {
      if (!state.hadAnon) continue;
      throw new UnmodelledCallError("whether a mapping had private pages once");
    }
    for (const [page, entry] of own) {
      if (folioOf(state.memory, entry)?.pinned === true) {
        throw new UnmodelledCallError("fork copies what is pinned");
      }
      const shared = "folio" in entry ? { ...entry, exclusive: false } : entry;
      if (entry.kind === "swapped") throw new UnmodelledCallError("swap that is shared");
      parent[page] = shared;
      child[page] = shared;
    }
  }
  return { parent, child };
}

function entriesOf(
  pages: PageTable,
  start: number,
  end: number,
): readonly (readonly [number, PageEntry])[] {
  return Object.entries(pages).flatMap(([name, entry]) => {
    const page = Number(name);
    return page >= start && page < end ? [[page, entry] as const] : [];
  });
}

/** Without the memory that went with a process. */
export function forgetUnused(state: State): State {
  return followsPages(state) ? settle(draftOf(state), state) : state;
}
