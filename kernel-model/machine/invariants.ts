import { ARENA_PAGES, ARENA_START_PAGE, HUGE_PAGE_PAGES, SLOTS } from "./params.ts";
import type { OpenFile, State } from "./state.ts";

/** Throws an Error that names the first invariant that `state` breaks. */
export function assertInvariants(state: State): void {
  const broken = brokenInvariant(state);
  if (broken !== undefined) throw new Error(`model invariant broken: ${broken}`);
}

function brokenInvariant({ space, slots, memsAllowed, machine }: State): string | undefined {
  if (slots.length !== SLOTS) return `${slots.length} slots instead of ${SLOTS}`;
  if (memsAllowed === 0) return "no node is allowed";
  if ((memsAllowed & ~machine.memoryNodes) !== 0) return "a node without memory is allowed";
  const wrong = brokenFile(slots);
  if (wrong !== undefined) return wrong;
  let previousEnd = ARENA_START_PAGE;
  for (const vma of space) {
    const name = `${vma.kind.name} at pages ${vma.start}..${vma.end}`;
    if (vma.start < previousEnd) return `${name} overlaps what is before it`;
    if (vma.end <= vma.start) return `${name} is empty`;
    if (vma.end > ARENA_START_PAGE + ARENA_PAGES) return `${name} leaves the arena`;
    if (vma.locked && vma.kind.pfnmap) return `${name} is locked and VM_PFNMAP`;
    if (vma.kind.hugetlb && (vma.start | vma.end) % HUGE_PAGE_PAGES !== 0) {
      return `${name} cuts a huge page`;
    }
    previousEnd = vma.end;
  }
  return undefined;
}

/** Slots with one file see the same of it, and no file counts more errors than calls. */
function brokenFile(slots: readonly (OpenFile | null)[]): string | undefined {
  const byId = new Map<number, OpenFile>();
  for (const file of slots) {
    if (file === null) continue;
    const other = byId.get(file.id);
    byId.set(file.id, file);
    if (other !== undefined && other !== file) return `file ${file.id} differs between its slots`;
    if (file.counters.some(({ calls, errors }) => errors > calls)) {
      return `file ${file.id} counts more errors than calls`;
    }
  }
  return undefined;
}
