import type { Vma } from "../address-space.ts";
import { ARENA_PAGES } from "../params.ts";
import type { Process, State } from "../state.ts";
import { vmaAt } from "./draft.ts";

/**
 * The first thing that is wrong with the memory of a state, or undefined. Tables that are those of
 * the state before were looked at then.
 */
export function brokenMemory(state: State, before?: State): string | undefined {
  const { folios } = state.memory;
  if (before !== undefined && isSameTables(state, before)) return brokenNode(state);
  const seen = new Set<number>();
  for (const process of [state, ...state.parents]) {
    const wrong = brokenTable(state, process, seen);
    if (wrong !== undefined) return wrong;
  }
  for (const cached of Object.values(state.memory.cache)) {
    for (const id of Object.values(cached)) {
      if (folios[id] === undefined) return `file page has no folio ${id}`;
      seen.add(id);
    }
  }
  for (const { id } of Object.values(folios)) {
    if (!seen.has(id)) return `folio ${id} is of nobody`;
  }
  return brokenNode(state);
}

function isSameTables(a: State, b: State): boolean {
  const isSame = a.pages === b.pages && a.parents === b.parents && a.space === b.space;
  const ids = Object.keys(a.memory.folios);
  return isSame && a.memory.cache === b.memory.cache && ids.every((id) => id in b.memory.folios);
}

function brokenNode({ machine, memory }: State): string | undefined {
  for (const { id, node } of Object.values(memory.folios)) {
    if (machine.nodes[node]?.hasMemory !== true) return `folio ${id} is on node ${node}`;
  }
  return undefined;
}

function brokenTable(state: State, process: Process, seen: Set<number>): string | undefined {
  const own = new Set<number>();
  let vma: Vma | undefined;
  for (const [name, entry] of Object.entries(process.pages)) {
    const page = Number(name);
    if (vma === undefined || page < vma.start || vma.end <= page) vma = vmaAt(process.space, page);
    if (vma === undefined) return `page ${page} is present and not mapped`;
    if (!("folio" in entry)) continue;
    const folio = state.memory.folios[entry.folio];
    if (folio === undefined || entry.index >= folio.tags.length) return `page ${page} has no folio`;
    const place = entry.folio * ARENA_PAGES + entry.index;
    // A file may be mapped twice, once what mremap() has left behind is used again.
    if (own.has(place) && entry.kind === "anon")
      return `page ${page} shares its memory with another of the process`;
    own.add(place);
    seen.add(entry.folio);
    if (entry.kind === "anon" && vma.kind.shared) return `page ${page} is private and shared`;
  }
  return undefined;
}
