import { firstHole, type Vma, vmasIn } from "../address-space.ts";
import { arenaRange, type PageRange } from "../arena-range.ts";
import { ADVICE, type MadviseCall, type MemoryCall, MREMAP, type MremapCall } from "../calls.ts";
import { isRefusedPopulation, isWritten } from "../lock-calls.ts";
import { type Outcome, UnmodelledCallError } from "../outcome.ts";
import type { State } from "../state.ts";
import { coolRange } from "./cool.ts";
import {
  draftOf,
  dropUnmapped,
  folioOf,
  followsPages,
  localNode,
  type MemoryDraft,
  settle,
} from "./draft.ts";
import { readFault, writeFault } from "./fault.ts";

/** What a call on mappings does to pages, given what it does to the mappings. */
export function followMemory(
  before: State,
  call: MemoryCall,
  outcomes: readonly Outcome[],
): readonly Outcome[] {
  if (!followsPages(before)) return outcomes;
  return outcomes.map((outcome) => {
    const draft = draftOf(outcome.state);
    changePages(draft, before, call, outcome);
    if (outcome.state.space !== before.space) dropUnmapped(draft);
    return { ...outcome, state: settle(draft, outcome.state) };
  });
}

function changePages(draft: MemoryDraft, before: State, call: MemoryCall, outcome: Outcome): void {
  const range = arenaRange(before, call);
  switch (call.op) {
    case "touch":
      touch(draft, range);
      break;
    case "mlock-now":
      populateLocked(draft, range);
      break;
    case "madvise":
      advise(draft, call, range);
      break;
    case "mremap":
      carryAlong(draft, before, call, outcome);
      break;
    default:
  }
}

/** Up to the first page that can't be written, as the call itself. */
function touch(draft: MemoryDraft, { start, end }: PageRange): void {
  for (let page = start; page < end; page += 1) {
    const [vma] = vmasIn(draft.state.space, page, page + 1);
    if (vma === undefined || !isWritable(vma)) return;
    const tag = tagAt(draft, page);
    if (tag !== 0) throw new UnmodelledCallError("touch writes over what the page holds");
    writeFault(draft, vma, page, localNode(draft.state));
  }
}

/** Whether the caller may write to a mapping. */
export function isWritable({ prot, denied }: Vma): boolean {
  return (prot & 2) !== 0 && denied === 0;
}

/** Whether the caller may read from a mapping. */
export function isReadable({ prot, denied }: Vma): boolean {
  return (prot & 3) !== 0 && (denied & 1) === 0;
}

/** What a page holds, or would hold once it was read: the tag of its contents. */
export function tagAt(draft: MemoryDraft, page: number): number {
  const entry = draft.pages[page];
  if (entry?.kind === "swapped") return entry.tag;
  if (entry !== undefined && "folio" in entry) {
    return folioOf(draft, entry)?.tags[entry.index] ?? 0;
  }
  const [vma] = vmasIn(draft.state.space, page, page + 1);
  const cached = draft.cache[vma?.file ?? -1]?.[page - (vma?.origin ?? 0)];
  return draft.folios[cached ?? -1]?.tags[0] ?? 0;
}

/**
 * What is locked, and not on fault, comes in: for writing where a private mapping allows that.
 * mm/gup.c:populate_vma_page_range @ 6.12.117
 */
function populateLocked(draft: MemoryDraft, { start, end }: PageRange): void {
  if (firstHole(draft.state.space, start, end) < end) return;
  for (const vma of vmasIn(draft.state.space, start, end)) {
    if (vma.kind.pfnmap) continue;
    if (isRefusedPopulation(vma)) return;
    for (let page = Math.max(vma.start, start); page < Math.min(vma.end, end); page += 1) {
      if (vma.lockOnFault || !vma.locked) continue;
      const fault = isWritten(vma) ? writeFault : readFault;
      fault(draft, vma, page, localNode(draft.state));
    }
  }
}

const DROPS = new Set<number>([ADVICE.dontNeed, ADVICE.dontNeedLocked]);

/** Mapping by mapping, up to the first that refuses. mm/madvise.c:madvise_walk_vmas @ 6.12.117 */
function advise(draft: MemoryDraft, { advice }: MadviseCall, { start, end }: PageRange): void {
  if (!DROPS.has(advice) && advice !== ADVICE.cold && advice !== ADVICE.free) return;
  for (const vma of vmasIn(draft.state.space, start, end)) {
    const { kind, locked } = vma;
    if (kind.pfnmap || (locked && advice !== ADVICE.dontNeedLocked)) return;
    if (kind.hugetlb && advice === ADVICE.cold) return;
    if (advice === ADVICE.free && kind.backing !== "anonymous") return;
    const from = Math.max(vma.start, start);
    const to = Math.min(vma.end, end);
    if (advice === ADVICE.cold) coolRange(draft, from, to);
    else if (advice === ADVICE.free) freeLazily(draft, from, to);
    else for (let page = from; page < to; page += 1) delete draft.pages[page];
  }
}

/** What was freed stays until memory is short, which it never is; a page in swap goes at once. */
function freeLazily(draft: MemoryDraft, from: number, to: number): void {
  for (let page = from; page < to; page += 1) {
    const entry = draft.pages[page];
    if (entry?.kind === "swapped") delete draft.pages[page];
    const folio = folioOf(draft, entry);
    if (folio === undefined) continue;
    if (folio.tags.length > 1) {
      throw new UnmodelledCallError("MADV_FREE may split a large folio");
    }
    draft.folios[folio.id] = { ...folio, freed: true };
  }
}

/** Pages go where their mapping goes; what a locked mapping gains is populated. */
function carryAlong(draft: MemoryDraft, before: State, call: MremapCall, outcome: Outcome): void {
  if (outcome.ret < 0) return;
  const from = arenaRange(before, call);
  const to = arenaRange(before, { page: call.toPage, npages: call.toPages });
  const isMoved = (call.flags & MREMAP.fixed) !== 0;
  const shift = isMoved ? to.start - from.start : 0;
  const kept = Math.min(call.npages, call.toPages);
  if (isMoved) {
    for (let page = to.start; page < to.end; page += 1) delete draft.pages[page];
    for (let page = from.start; page < from.start + kept; page += 1) {
      const entry = draft.pages[page];
      delete draft.pages[page];
      if (entry !== undefined) draft.pages[page + shift] = entry;
    }
  }
  const grown = { start: from.start + shift + kept, end: from.start + shift + call.toPages };
  const [vma] = vmasIn(draft.state.space, grown.start, grown.end);
  if (grown.end > grown.start && vma?.locked === true && !vma.lockOnFault) {
    populateLocked(draft, grown);
  }
}
