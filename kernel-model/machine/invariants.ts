import { ARENA_PAGES, ARENA_START_PAGE, HUGE_PAGE_PAGES, SLOTS } from "./params.ts";
import type { State } from "./state.ts";

/** Throws an Error that names the first invariant that `state` breaks. */
export function assertInvariants(state: State): void {
  const broken = brokenInvariant(state);
  if (broken !== undefined) throw new Error(`model invariant broken: ${broken}`);
}

function brokenInvariant({ space, slots, memsAllowed, machine }: State): string | undefined {
  if (slots.length !== SLOTS) return `${slots.length} slots instead of ${SLOTS}`;
  if (memsAllowed === 0) return "no node is allowed";
  if ((memsAllowed & ~machine.memoryNodes) !== 0) return "a node without memory is allowed";
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
