import { ERRNO } from "../../abi/errno.ts";
import { vmasIn } from "../address-space.ts";
import { arenaRange } from "../arena-range.ts";
import { failed, type Outcome, succeeded, UnmodelledCallError } from "../outcome.ts";
import type { State } from "../state.ts";
import type { FillCall, PageCall, PagesCall, ReadCall, WriteCall } from "./call-types.ts";
import { draftOf, folioOf, followsPages, localNode, type MemoryDraft, settle } from "./draft.ts";
import { readFault, writeFault } from "./fault.ts";
import { isReadable, isWritable, tagAt } from "./follow.ts";
import { isMappedShared } from "./mapped.ts";
import type { PageEntry } from "./page-state.ts";

/** What READ says of a page that can't be read, and of one that holds no whole pattern. */
export const PAGE_TAGS = { unreadable: 0xffff_fffe, damaged: 0xffff_ffff } as const;

/** Bytes that READ and WHERE say of each page. */
export const PAGE_ANSWER_BYTES = 4;

/** The calls that bring memory into a certain state, and those that ask for it. */
export function stepPages(state: State, call: PageCall): readonly Outcome[] {
  if (!followsPages(state)) throw new UnmodelledCallError("pages are followed from v3 on");
  switch (call.op) {
    case "write":
      return write(state, call);
    case "read":
      return read(state, call);
    case "where":
      return where(state, call);
    case "pin":
      return pin(state, call);
    case "unpin":
      return unpin(state);
    case "swap-out":
      return swapOut(state, call);
    case "fill":
      return fill(state, call);
  }
}

/** The tag of what WRITE fills a page of the arena with. */
export function tagOf(seed: number, arenaPage: number): number {
  return ((seed & 0xff) << 16) | (arenaPage + 1);
}

/** MPOL_BIND refuses a node that the cpuset does not allow. mm/mempolicy.c:mpol_set_nodemask */
function bound(state: State, nid: number): number | null {
  if (nid < 0) return localNode(state);
  if (((state.memory.full >>> nid) & 1) === 1) throw new UnmodelledCallError("a full node");
  return (state.memsAllowed >>> nid) & 1 ? nid : null;
}

/** A fault below a stack makes it grow, which TOUCH is for. */
function assertNoGrowth({ space }: State, page: number): void {
  const above = space.find(({ end }) => end > page);
  if (above !== undefined && above.start > page && above.kind.growsDown) {
    throw new UnmodelledCallError("a stack that grows");
  }
}

/** Fills pages, with memory of a node, up to the first that can't be written. */
function write(state: State, call: WriteCall): readonly Outcome[] {
  const { start, end } = arenaRange(state, call);
  const node = bound(state, call.nid);
  if (node === null) return failed(state, "EINVAL");
  const draft = draftOf(state);
  let isFaulting = false;
  for (let page = start; page < end; page += 1) {
    assertNoGrowth(state, page);
    const [vma] = vmasIn(state.space, page, page + 1);
    if (vma?.uffd !== undefined && (vma.uffd & 5) !== 0) {
      throw new UnmodelledCallError("a write that waits for a userfaultfd");
    }
    const isOdd = vma === undefined || vma.kind.pfnmap || vma.kind.hugetlb;
    if (isOdd && vma !== undefined) throw new UnmodelledCallError(`a write to ${vma.kind.name}`);
    if (vma === undefined || !isWritable(vma)) return failed(settle(draft, state), "EFAULT");
    if (!isOwn(draft.pages[page])) {
      writeFault(draft, vma, page, node);
      isFaulting = true;
    }
    setTag(draft, page, tagOf(call.seed, page - state.machine.pages.arenaStart));
  }
  if (isFaulting) return succeeded(settle(draft, state));
  return succeeded({ ...state, memory: { ...state.memory, folios: draft.folios } });
}

/** Whether a write needs no fault. */
function isOwn(entry: PageEntry | undefined): boolean {
  return entry?.kind === "anon" && entry.exclusive;
}

function setTag(draft: MemoryDraft, page: number, tag: number): void {
  const entry = draft.pages[page];
  const folio = folioOf(draft, entry);
  if (folio === undefined || entry === undefined || !("folio" in entry)) {
    throw new Error("what was written has no memory");
  }
  draft.folios[folio.id] = { ...folio, tags: folio.tags.with(entry.index, tag) };
}

/** Brings pages in for reading, and tells what each holds. */
function read(state: State, call: ReadCall): readonly Outcome[] {
  const { start, end } = arenaRange(state, call);
  const node = bound(state, call.nid);
  if (node === null) return failed(state, "EINVAL");
  const draft = draftOf(state);
  const tags: number[] = [];
  let isFaulting = false;
  for (let page = start; page < end; page += 1) {
    assertNoGrowth(state, page);
    const [vma] = vmasIn(state.space, page, page + 1);
    if (vma !== undefined && (vma.kind.pfnmap || vma.kind.hugetlb || (vma.uffd & 5) !== 0)) {
      throw new UnmodelledCallError(`a read of ${vma.kind.name}`);
    }
    if (vma === undefined || !isReadable(vma)) {
      tags.push(PAGE_TAGS.unreadable);
      continue;
    }
    const before = state.pages[page];
    isFaulting ||= before === undefined || before.kind === "swapped";
    readFault(draft, vma, page, node);
    tags.push(tagAt(draft, page));
  }
  return [{ ret: 0, out: words(state, tags), state: isFaulting ? settle(draft, state) : state }];
}

/** move_pages(2) without nodes: the node of each page, or why it has none. */
function where(state: State, call: PagesCall): readonly Outcome[] {
  const { start, end } = arenaRange(state, call);
  const status: number[] = [];
  for (let page = start; page < end; page += 1) {
    const [vma] = vmasIn(state.space, page, page + 1);
    if (vma?.kind.pfnmap || vma?.kind.hugetlb) {
      throw new UnmodelledCallError(`where pages of ${vma.kind.name} are`);
    }
    const entry = state.pages[page];
    const folio = folioOf(state.memory, entry);
    const isZero = vma === undefined || entry?.kind === "zero";
    status.push(isZero ? -ERRNO.EFAULT : (folio?.node ?? -ERRNO.ENOENT));
  }
  return [{ ret: 0, out: words(state, status), state }];
}

function words({ machine }: State, values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * PAGE_ANSWER_BYTES);
  const view = new DataView(bytes.buffer);
  const little = machine.platform.byteOrder === "little";
  values.forEach((value, index) => {
    view.setInt32(index * PAGE_ANSWER_BYTES, value, little);
  });
  return bytes;
}

/** Pins for writing and for long. mm/gup_test.c:pin_longterm_test_start @ 6.12.117 */
function pin(state: State, call: PagesCall): readonly Outcome[] {
  const { start, end } = arenaRange(state, call);
  const draft = draftOf(state);
  if (state.memory.pinning || state.parents.length > 0) {
    throw new UnmodelledCallError("one range is pinned at a time, by the first process");
  }
  for (let page = start; page < end; page += 1) {
    const [vma] = vmasIn(state.space, page, page + 1);
    if (vma === undefined || !isWritable(vma) || vma.uffd !== 0 || vma.kind.secret) {
      throw new UnmodelledCallError("pinning what can't be written");
    }
    writeFault(draft, vma, page, localNode(state));
    const folio = folioOf(draft, draft.pages[page]);
    if (folio === undefined) continue;
    const node = pinnableNode(state, folio.node);
    draft.folios[folio.id] = { ...folio, node, pinned: true };
  }
  return succeeded(withPinning(settle(draft, state), true));
}

/** Where a page is once it is pinned. mm/gup.c:migrate_longterm_unpinnable_folios @ 6.12.117 */
function pinnableNode(state: State, node: number): number {
  const { nodes } = state.machine;
  if (nodes[node]?.pinnable === true) return node;
  const local = localNode(state);
  if (nodes[local]?.pinnable === true) return local;
  throw new UnmodelledCallError("pinning where all memory is for movable pages");
}

function withPinning(state: State, pinning: boolean): State {
  return { ...state, memory: { ...state.memory, pinning } };
}

function unpin(state: State): readonly Outcome[] {
  if (state.parents.length > 0) throw new UnmodelledCallError("a child ends its parent's pin");
  const draft = draftOf(state);
  for (const folio of Object.values(draft.folios)) {
    draft.folios[folio.id] = { ...folio, pinned: false };
  }
  return succeeded(withPinning(settle(draft, state), false));
}

/** MADV_PAGEOUT of private pages that nobody else has. mm/madvise.c:madvise_pageout @ 6.12.117 */
function swapOut(state: State, call: PagesCall): readonly Outcome[] {
  const { start, end } = arenaRange(state, call);
  const draft = draftOf(state);
  for (let page = start; page < end; page += 1) {
    const [vma] = vmasIn(state.space, page, page + 1);
    const entry = draft.pages[page];
    const folio = folioOf(draft, entry);
    const isPlain = vma !== undefined && !vma.locked && vma.kind.backing === "anonymous";
    if (!isPlain) throw new UnmodelledCallError("swapping out what is no plain memory");
    if (folio === undefined) continue;
    const isOwn = !folio.pinned && folio.tags.length === 1 && folio.freed !== true;
    if (!isOwn || isMappedShared(state, draft.pages, folio)) {
      throw new UnmodelledCallError("swapping out what is shared, pinned, large or freed");
    }
    draft.pages[page] = { kind: "swapped", tag: folio.tags[0] ?? 0 };
  }
  return succeeded(settle(draft, state));
}

/** Leaves no free memory on a node. */
function fill(state: State, { nid }: FillCall): readonly Outcome[] {
  const node = state.machine.nodes[nid];
  if (node?.hasMemory !== true || nid === state.machine.homeNode) {
    throw new UnmodelledCallError("filling the runner's own node, or none");
  }
  const processes = [state, ...state.parents];
  if (processes.some(({ pages }) => Object.values(pages).some(({ kind }) => kind === "swapped"))) {
    throw new UnmodelledCallError("to fill a node ends swapping");
  }
  const memory = { ...state.memory, full: state.memory.full | (1 << nid) };
  return succeeded({ ...state, memory });
}
