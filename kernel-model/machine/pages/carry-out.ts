import { HINT_OP } from "../../abi/hint-ops.ts";
import { vmasIn } from "../address-space.ts";
import type { HintRequest } from "../hint-request.ts";
import { UnmodelledCallError } from "../outcome.ts";
import type { State } from "../state.ts";
import { coolRange, splitFolio } from "./cool.ts";
import { type Destinations, destinationsOf } from "./destinations.ts";
import { draftOf, folioOf, localNode, type MemoryDraft, settle, vmaAt } from "./draft.ts";
import { readFault } from "./fault.ts";
import { isMappedShared } from "./mapped.ts";
import { type PageRow, pageRow } from "./outcome-rows.ts";
import { countPages, type PageCounter, type PageCounts } from "./page-counts.ts";
import type { Folio, PageEntry } from "./page-state.ts";

/** What became of the pages of a hint. */
export interface Work {
  readonly counts: PageCounts;
  readonly state: State;
}

/** All that a hint which passed every check may do: one thing unless the kernel has a choice. */
export function carryOut(state: State, request: HintRequest): readonly Work[] {
  const { op, startPage, lenPages } = request;
  const pages = Array.from({ length: lenPages }, (_, index) => startPage + index);
  let begun = state;
  if (op === HINT_OP.prefetch && pages.some((page) => !isThere(state, page))) {
    const draft = draftOf(state);
    populate(draft, pages);
    begun = settle(draft, state);
  }
  if (op === HINT_OP.release) {
    const draft = draftOf(state);
    const end = startPage + lenPages;
    for (const vma of vmasIn(state.space, startPage, end)) {
      coolRange(draft, Math.max(vma.start, startPage), Math.min(vma.end, end));
    }
    begun = settle(draft, state);
  }
  return destinationsOf(state, request).flatMap((destinations) =>
    move(begun, request, pages, destinations),
  );
}

function isThere({ pages }: Pick<MemoryDraft, "pages">, page: number): boolean {
  const entry = pages[page];
  return entry !== undefined && entry.kind !== "swapped";
}

function populate(draft: MemoryDraft, pages: readonly number[]): void {
  for (const page of pages) {
    const vma = vmaAt(draft.state.space, page);
    if (vma === undefined) throw new Error("a hint with a hole was carried out");
    if (!isThere(draft, page)) readFault(draft, vma, page, localNode(draft.state));
  }
}

/** What is decided over a page, and the folio that moves if it does. */
interface Decision {
  readonly row: PageRow;
  readonly folio: number | null;
  readonly destination: number | null;
}

function move(
  state: State,
  request: HintRequest,
  pages: readonly number[],
  destinations: Destinations,
): readonly Work[] {
  const sharing = new Map<number, boolean>();
  const isShared = (folio: Folio): boolean => {
    const known = sharing.get(folio.id) ?? isMappedShared(state, state.pages, folio);
    sharing.set(folio.id, known);
    return known;
  };
  const decisions = pages.map((page) => decide(state, request, page, { destinations, isShared }));
  const moving = new Map<number, number>();
  const stuck: number[] = [];
  for (const { row, folio, destination } of decisions) {
    if (folio === null || destination === null) continue;
    if (row.id === "moves") moving.set(folio, destination);
    if (row.id === "no-room" && !stuck.includes(folio)) stuck.push(folio);
  }
  if (stuck.some((id) => (state.memory.folios[id]?.tags.length ?? 0) > 1)) {
    throw new UnmodelledCallError("a large folio without room may be split, and move in part");
  }
  // The first so many of those without room move after all: none, one, and so on up to all.
  return Array.from({ length: stuck.length + 1 }, (_, lucky): Work => {
    const all = new Map(moving);
    for (const { folio, destination } of decisions) {
      const isLucky = folio !== null && stuck.indexOf(folio) >= 0 && stuck.indexOf(folio) < lucky;
      if (isLucky && destination !== null) all.set(folio, destination);
    }
    const became = decisions.map(({ row, folio }): PageCounter => {
      if (folio !== null && all.has(folio)) return "moved";
      return row.counters[0] ?? "failed";
    });
    return { counts: countPages(became), state: moved(state, all) };
  });
}

/** What is the same for all pages of a hint. */
interface Circumstances {
  readonly destinations: Destinations;
  readonly isShared: (folio: Folio) => boolean;
}

function decide(
  state: State,
  { op }: HintRequest,
  page: number,
  { destinations, isShared }: Circumstances,
): Decision {
  const entry = state.pages[page];
  const folio = folioOf(state.memory, entry);
  // The zero page is a part of the kernel's image, so it is on a node like others.
  const from = entry?.kind === "zero" ? state.machine.homeNode : folio?.node;
  const destination = from === undefined ? null : (destinations[from] ?? null);
  const row = pageRow({
    ...{ op, entry, folio, destination },
    isShared: folio !== undefined && mayBeShared(state, entry) && isShared(folio),
    isFull: destination !== null && ((state.memory.full >>> destination) & 1) === 1,
  });
  return { row, folio: folio?.id ?? null, destination };
}

/** One process alone maps what is private once, however often it maps a file. */
function mayBeShared({ parents }: State, entry: PageEntry | undefined): boolean {
  return parents.length > 0 || entry?.kind === "file";
}

/** A folio moves whole, however much of it the range has. */
function moved(state: State, moving: ReadonlyMap<number, number>): State {
  if (moving.size === 0) return state;
  const draft = draftOf(state);
  for (const [id, node] of moving) {
    const folio = draft.folios[id];
    if (folio === undefined) continue;
    const parts = isPartlyMapped(draft, folio) ? splitFolio(draft, folio) : [folio];
    for (const part of parts) draft.folios[part.id] = { ...part, node };
  }
  return settle(draft, state);
}

/** Such a large folio is split before it is moved. mm/migrate.c:migrate_pages_batch @ 6.12.117 */
function isPartlyMapped({ pages }: MemoryDraft, { id, tags }: Folio): boolean {
  if (tags.length <= 2) return false;
  const mapped = Object.values(pages).filter((entry) => "folio" in entry && entry.folio === id);
  return mapped.length < tags.length;
}
