import { looksAlike, type Vma } from "../address-space.ts";
import { UnmodelledCallError } from "../outcome.ts";
import type { MemoryDraft } from "./draft.ts";
import type { Folio } from "./page-state.ts";

/** What a read of a file maps at most. mm/memory.c:fault_around_pages @ 6.12.117 */
const FAULT_AROUND_BYTES = 0x1_0000;

/** A page that is absent, and what the file that it maps has in memory there. */
export interface CachedPage {
  readonly page: number;
  readonly folio: Folio;
}

/** What a read fault maps besides the page itself. mm/memory.c:do_fault_around @ 6.12.117 */
export function cachedAround(draft: MemoryDraft, vma: Vma, page: number): readonly CachedPage[] {
  const [starts = [], ends = []] = boundsOf(draft, vma);
  const all = starts.flatMap((start) =>
    ends.map((end) => cachedIn(draft, vma, aroundOf(draft, page, { start, end }))),
  );
  const [first = [], ...others] = all;
  const names = first.map((cached) => cached.page).join();
  if (others.some((other) => other.map((cached) => cached.page).join() !== names)) {
    throw new UnmodelledCallError("how far a mapping of a file goes");
  }
  return first;
}

interface PageRange {
  readonly start: number;
  readonly end: number;
}

/** Where the mapping begins and ends for sure, and where if it was merged with its neighbours. */
function boundsOf({ state }: MemoryDraft, vma: Vma): readonly (readonly number[])[] {
  const isPart = (other: Vma): boolean =>
    looksAlike(other, vma) && other.file === vma.file && other.origin === vma.origin;
  let { start, end } = vma;
  for (const before of state.space.toReversed()) {
    if (before.end === start && isPart(before)) start = before.start;
  }
  for (const behind of state.space) if (behind.start === end && isPart(behind)) end = behind.end;
  return [[...new Set([vma.start, start])], [...new Set([vma.end, end])]];
}

/** As much as is brought in, from an aligned page or where the mapping begins, of one table. */
function aroundOf({ state }: MemoryDraft, page: number, { start, end }: PageRange): PageRange {
  const { pageSize, hugePages } = state.machine.pages;
  const most = FAULT_AROUND_BYTES / pageSize;
  const first = Math.max(page - (page % most), start);
  const tableEnd = page - (page % hugePages) + hugePages;
  return { start: first, end: Math.min(first + most, tableEnd, end) };
}

function cachedIn(draft: MemoryDraft, vma: Vma, { start, end }: PageRange): readonly CachedPage[] {
  const cached = draft.cache[vma.file ?? -1] ?? {};
  const pages = Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
  return pages.flatMap((page) => {
    const folio = draft.folios[cached[page - (vma.origin ?? 0)] ?? -1];
    return folio === undefined || draft.pages[page] !== undefined ? [] : [{ page, folio }];
  });
}
