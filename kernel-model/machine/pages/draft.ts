import { isSince } from "../../abi/stage.ts";
import type { Vma } from "../address-space.ts";
import { UnmodelledCallError } from "../outcome.ts";
import type { Process, State } from "../state.ts";
import type { Folio, PageEntry } from "./page-state.ts";

/** The memory of a state while one step changes it; the state itself stays as it is. */
export interface MemoryDraft {
  readonly state: State;
  readonly pages: Record<number, PageEntry>;
  readonly folios: Record<number, Folio>;
  readonly cache: Record<number, Record<number, number>>;
}

/** Before v3 nothing depends on pages, and none are followed. */
export function followsPages({ machine }: State): boolean {
  return isSince(machine.stage, "v3");
}

/** A draft of what `state` has. */
export function draftOf(state: State): MemoryDraft {
  const { pages, memory } = state;
  const files = Object.entries(memory.cache).map(([file, cached]) => [file, { ...cached }]);
  const cache: MemoryDraft["cache"] = Object.fromEntries(files);
  return { state, pages: { ...pages }, folios: { ...memory.folios }, cache };
}

/** A folio of one page, or of as many as there are tags. */
export function addFolio(
  draft: MemoryDraft,
  made: Pick<Folio, "node" | "tags"> & Partial<Folio>,
): Folio {
  let id = 0;
  while (draft.folios[id] !== undefined) id += 1;
  const folio: Folio = { pinned: false, movable: true, ...made, id };
  draft.folios[id] = folio;
  return folio;
}

/** The folio of an entry, or undefined when it has none. */
export function folioOf(
  { folios }: Pick<MemoryDraft, "folios">,
  entry: PageEntry | undefined,
): Folio | undefined {
  return entry === undefined || entry.kind === "zero" || entry.kind === "swapped"
    ? undefined
    : folios[entry.folio];
}

/**
 * Where a process gets memory that asks for no node: all CPUs are of one node, and what a cpuset
 * excludes is passed over. mm/page_alloc.c:prepare_alloc_pages @ 6.12.117
 */
export function localNode({ machine, memsAllowed, memory }: State): number {
  const home = machine.homeNode;
  if (((memsAllowed >>> home) & 1) === 0 && (memsAllowed & (memsAllowed - 1)) !== 0) {
    throw new UnmodelledCallError("which node is next after one that is not allowed");
  }
  const node = (memsAllowed >>> home) & 1 ? home : 31 - Math.clz32(memsAllowed);
  if ((memory.full >>> node) & 1) throw new UnmodelledCallError("memory of a node that is full");
  return node;
}

/** The mapping of a page, or undefined. */
export function vmaAt(space: State["space"], page: number): Vma | undefined {
  return space.find(({ start, end }) => start <= page && page < end);
}

/** `state` with the draft's memory, of which nothing is left that nobody has any more. */
export function settle(draft: MemoryDraft, state: State): State {
  const { pages } = draft;
  const processes: readonly Pick<Process, "pages" | "space">[] = [
    { pages, space: state.space },
    ...state.parents,
  ];
  const used = new Set<number>();
  for (const { pages: table } of processes) {
    for (const entry of Object.values(table)) if ("folio" in entry) used.add(entry.folio);
  }
  const cache = Object.fromEntries(
    Object.entries(draft.cache).filter(([file]) =>
      processes.some(({ space }) => space.some((vma) => vma.file === Number(file))),
    ),
  );
  for (const cached of Object.values(cache)) {
    for (const folio of Object.values(cached)) used.add(folio);
  }
  const folios: Record<number, Folio> = {};
  for (const folio of Object.values(draft.folios)) {
    if (used.has(folio.id)) folios[folio.id] = folio;
  }
  const entries = Object.values(pages);
  const hadPages = state.hadPages || entries.length > 0;
  const hadAnon = state.hadAnon || entries.some(({ kind }) => kind === "anon");
  const memory = { ...state.memory, folios, cache };
  return { ...state, pages, hadPages, hadAnon, memory };
}

/** Takes out of the draft what its state maps no more. */
export function dropUnmapped({ pages, state }: MemoryDraft): void {
  let vma: Vma | undefined;
  for (const name of Object.keys(pages)) {
    const page = Number(name);
    if (vma === undefined || page < vma.start || vma.end <= page) vma = vmaAt(state.space, page);
    if (vma === undefined) delete pages[page];
  }
}
