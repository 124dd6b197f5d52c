import { ADVICE_FLAG, looksAlike, UFFD_MODE, type Vma } from "../address-space.ts";
import { UnmodelledCallError } from "../outcome.ts";
import { addFolio, folioOf, type MemoryDraft } from "./draft.ts";
import { cachedAround } from "./fault-around.ts";
import type { Folio, PageEntry } from "./page-state.ts";

/** Brings a page in for reading, with new memory from `node`. mm/memory.c:handle_pte_fault */
export function readFault(draft: MemoryDraft, vma: Vma, page: number, node: number): void {
  const entry = draft.pages[page];
  if (entry !== undefined && entry.kind !== "swapped") return;
  if (entry?.kind === "swapped") {
    draft.pages[page] = anonEntry(addFolio(draft, { node, tags: [entry.tag] }));
    return;
  }
  if (vma.kind.backing === "anonymous") {
    // The huge zero page is mapped whole: mm/huge_memory.c:do_huge_pmd_anonymous_page @ 6.12.117
    const pages = fitsHugePage(draft, vma) ? pagesOf(vma) : [page];
    for (const one of pages) draft.pages[one] = { kind: "zero" };
    return;
  }
  if (vma.kind.backing === "shmem" && !isWatched(vma)) {
    for (const { page: near, folio } of cachedAround(draft, vma, page)) {
      draft.pages[near] ??= fileEntry(folio);
    }
  }
  draft.pages[page] = fileEntry(cachedFolio(draft, vma, page, node));
}

/**
 * Brings a page in for writing, which the mapping has to allow.
 *
 * mm/memory.c:do_anonymous_page, do_cow_fault, do_shared_fault, do_wp_page @ 6.12.117
 */
export function writeFault(draft: MemoryDraft, vma: Vma, page: number, node: number): Folio {
  const entry = draft.pages[page];
  const folio = folioOf(draft, entry);
  if (vma.kind.shared) {
    const cached = cachedFolio(draft, vma, page, node);
    draft.pages[page] = fileEntry(cached);
    return cached;
  }
  if (folio !== undefined && entry?.kind === "anon") {
    return entry.exclusive ? folio : unshare(draft, page, folio, entry.index, node);
  }
  if (entry === undefined && vma.kind.backing === "anonymous" && fitsHugePage(draft, vma)) {
    return hugeFault(draft, vma, node);
  }
  const backed = vma.kind.backing !== "anonymous" && (entry === undefined || entry.kind === "file");
  const copied = backed ? (cachedFolio(draft, vma, page, node).tags[0] ?? 0) : 0;
  const tag = entry?.kind === "swapped" ? entry.tag : copied;
  const made = addFolio(draft, { node, tags: [tag] });
  draft.pages[page] = anonEntry(made);
  return made;
}

function anonEntry(folio: Folio, index = 0): PageEntry {
  return { kind: "anon", folio: folio.id, index, exclusive: true };
}

function fileEntry(folio: Folio): PageEntry {
  return { kind: "file", folio: folio.id, index: 0, exclusive: false };
}

/**
 * A write to what fork() has shared: a copy as long as another process maps it, else the process
 * keeps it. mm/memory.c:wp_can_reuse_anon_folio @ 6.12.117
 */
function unshare(
  draft: MemoryDraft,
  page: number,
  folio: Folio,
  index: number,
  node: number,
): Folio {
  if (folio.tags.length > 1) {
    throw new UnmodelledCallError("whether a large folio that was shared is copied");
  }
  const others = draft.state.parents.some(({ pages }) =>
    Object.values(pages).some((entry) => "folio" in entry && entry.folio === folio.id),
  );
  const own = others ? addFolio(draft, { node, tags: [folio.tags[index] ?? 0] }) : folio;
  draft.pages[page] = anonEntry(own);
  return own;
}

function hugeFault(draft: MemoryDraft, vma: Vma, node: number): Folio {
  const pages = pagesOf(vma);
  const folio = addFolio(draft, { node, tags: pages.map(() => 0) });
  pages.forEach((page, index) => {
    draft.pages[page] = anonEntry(folio, index);
  });
  return folio;
}

/**
 * Whether a fault may bring in a huge page: the mapping asks for it and is one, and nothing of it
 * was there before. The guest has transparent huge pages for such mappings only.
 */
function fitsHugePage({ pages, state }: MemoryDraft, vma: Vma): boolean {
  if ((vma.advice & ADVICE_FLAG.huge) === 0) return false;
  const { hugePages } = state.machine.pages;
  const neighbours = state.space.filter((other) => other !== vma && looksAlike(other, vma));
  if (neighbours.some(({ start, end }) => start === vma.end || end === vma.start)) {
    throw new UnmodelledCallError("the kernel may have merged mappings into a huge page's room");
  }
  if (vma.start % hugePages !== 0 || vma.end - vma.start < hugePages) return false;
  if (Object.keys(pages).length > 0) return false;
  if (state.hadPages) throw new UnmodelledCallError("whether an empty page table was freed");
  return true;
}

function pagesOf({ start, end }: Vma): readonly number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

/** The file's page, which comes into memory if it is not there. mm/shmem.c:shmem_get_folio_gfp */
function cachedFolio(draft: MemoryDraft, vma: Vma, page: number, node: number): Folio {
  const file = vma.file ?? -1;
  const offset = page - (vma.origin ?? 0);
  const cached = draft.cache[file] ?? {};
  const known = draft.folios[cached[offset] ?? -1];
  if (known !== undefined) return known;
  const made = addFolio(draft, { node, tags: [0], movable: !vma.kind.secret });
  draft.cache[file] = { ...cached, [offset]: made.id };
  return made;
}

function isWatched({ uffd }: Vma): boolean {
  return (uffd & (UFFD_MODE.wp | UFFD_MODE.minor)) !== 0;
}
