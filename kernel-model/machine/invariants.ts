import { ARENA_PAGES, SLOTS } from "./params.ts";
import type { OpenFile, Process, State } from "./state.ts";

/** Throws an Error that names the first invariant that `state` breaks. */
export function assertInvariants(state: State): void {
  const broken = brokenInvariant(state);
  if (broken !== undefined) throw new Error(`model invariant broken: ${broken}`);
}

function brokenInvariant(state: State): string | undefined {
  const { memsAllowed, machine, parents } = state;
  if (memsAllowed === 0) return "no node is allowed";
  if ((memsAllowed & ~machine.memoryNodes) !== 0) return "a node without memory is allowed";
  for (const process of [state, ...parents]) {
    if (process.slots.length !== SLOTS) return `${process.slots.length} slots, not ${SLOTS}`;
    const wrong = brokenSpace(state, process) ?? brokenFlags(process);
    if (wrong !== undefined) return wrong;
  }
  return brokenFile([state, ...parents].flatMap(({ slots }) => slots)) ?? brokenSum(state);
}

function brokenSpace({ machine }: State, { space }: Process): string | undefined {
  const { arenaStart, hugePages } = machine.pages;
  let previousEnd = arenaStart;
  for (const vma of space) {
    const name = `${vma.kind.name} at pages ${vma.start}..${vma.end}`;
    if (vma.start < previousEnd) return `${name} overlaps what is before it`;
    if (vma.end <= vma.start) return `${name} is empty`;
    if (vma.end > arenaStart + ARENA_PAGES) return `${name} leaves the arena`;
    if (vma.locked && (vma.kind.pfnmap || vma.kind.hugetlb || vma.kind.secret)) {
      return `${name} is locked`;
    }
    if (vma.lockOnFault && !vma.locked) return `${name} is locked on fault and not locked`;
    if (vma.uffd !== 0 && vma.kind.pfnmap) return `${name} has a userfaultfd`;
    if (vma.kind.hugetlb && (vma.start | vma.end) % hugePages !== 0) {
      return `${name} cuts a huge page`;
    }
    previousEnd = vma.end;
  }
  return undefined;
}

function brokenFlags({ slots, cloexec }: Process): string | undefined {
  const closed = slots.findIndex((file, slot) => file === null && (cloexec & (1 << slot)) !== 0);
  return closed < 0 ? undefined : `closed slot ${closed} has a flag`;
}

/** What debugfs sums up is never less than what is open, nor than it was. */
function brokenSum({ slots, parents, totals, totalsAsked }: State): string | undefined {
  const files = [slots, ...parents.map((parent) => parent.slots)].flat();
  const open = new Map(files.flatMap((file) => (file === null ? [] : [[file.id, file]])));
  for (const [index, { calls, errors }] of totals.entries()) {
    let sum = 0;
    for (const { counters } of open.values()) sum += counters[index]?.calls ?? 0;
    if (sum > calls) return `open files count ${sum} hints of ${calls}`;
    const asked = totalsAsked?.[index]?.calls ?? 0;
    if (errors > calls || asked > calls) return "the sum of all files is wrong";
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
