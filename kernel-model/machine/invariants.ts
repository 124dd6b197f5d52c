import type { Vma } from "./address-space.ts";
import { isConserved } from "./pages/page-counts.ts";
import { brokenMemory } from "./pages/page-invariants.ts";
import { ARENA_PAGES, SLOTS } from "./params.ts";
import type { OpenFile, Process, State } from "./state.ts";

/**
 * Throws an Error that names the first invariant that `state` breaks. Of the state before the call,
 * which broke none, what `state` took over is not looked at again.
 */
export function assertInvariants(state: State, before?: State): void {
  const broken = brokenInvariant(state, before);
  if (broken !== undefined) throw new Error(`model invariant broken: ${broken}`);
}

function brokenInvariant(state: State, before: State | undefined): string | undefined {
  const { memsAllowed, machine, parents, slots, space, totals } = state;
  if (memsAllowed === 0) return "no node is allowed";
  if ((memsAllowed & ~machine.memoryNodes) !== 0) return "a node without memory is allowed";
  const isNewFamily = parents !== before?.parents;
  if (isNewFamily || space !== before.space) {
    const wrong =
      brokenSpace(state, state) ?? firstBroken(parents, (one) => brokenSpace(state, one));
    if (wrong !== undefined) return wrong;
  }
  if (isNewFamily || space !== before.space || state.memory !== before.memory) {
    const wrong = brokenMemory(state, before);
    if (wrong !== undefined) return wrong;
  }
  const areFilesNew = isNewFamily || slots !== before.slots || totals !== before.totals;
  if (!areFilesNew && state.cloexec === before.cloexec) return undefined;
  const wrong = brokenFlags(state) ?? firstBroken(parents, brokenFlags);
  return wrong ?? brokenFile(state) ?? brokenSum(state);
}

function firstBroken(
  processes: readonly Process[],
  ask: (process: Process) => string | undefined,
): string | undefined {
  for (const process of processes) {
    const wrong = ask(process);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function brokenSpace({ machine }: State, { space }: Process): string | undefined {
  let previousEnd = machine.pages.arenaStart;
  for (const vma of space) {
    const wrong = brokenVma(vma, previousEnd, machine.pages);
    if (wrong !== undefined) return `${vma.kind.name} at pages ${vma.start}..${vma.end} ${wrong}`;
    previousEnd = vma.end;
  }
  return undefined;
}

function brokenVma(
  { start, end, kind, locked, lockOnFault, uffd }: Vma,
  previousEnd: number,
  { arenaStart, hugePages }: State["machine"]["pages"],
): string | undefined {
  if (start < previousEnd) return "overlaps what is before it";
  if (end <= start) return "is empty";
  if (end > arenaStart + ARENA_PAGES) return "leaves the arena";
  if (locked && (kind.pfnmap || kind.hugetlb || kind.secret)) return "is locked";
  if (lockOnFault && !locked) return "is locked on fault and not locked";
  if (uffd !== 0 && kind.pfnmap) return "has a userfaultfd";
  if (kind.hugetlb && (start | end) % hugePages !== 0) return "cuts a huge page";
  return undefined;
}

function brokenFlags({ slots, cloexec }: Process): string | undefined {
  if (slots.length !== SLOTS) return `${slots.length} slots, not ${SLOTS}`;
  if (cloexec === 0) return undefined;
  const closed = slots.findIndex((file, slot) => file === null && (cloexec & (1 << slot)) !== 0);
  return closed < 0 ? undefined : `closed slot ${closed} has a flag`;
}

/** What debugfs sums up is never less than what is open, nor than it was. */
function brokenSum(state: State): string | undefined {
  const open = openFiles(state);
  for (const [index, counters] of state.totals.entries()) {
    const { calls, errors } = counters;
    let sum = 0;
    for (const file of open) sum += file?.counters[index]?.calls ?? 0;
    if (sum > calls) return `open files count ${sum} hints of ${calls}`;
    if (!isConserved(counters)) return "the sum of all files loses pages, or counts them twice";
    const asked = state.totalsAsked?.[index]?.calls ?? 0;
    if (errors > calls || asked > calls) return "the sum of all files is wrong";
  }
  return undefined;
}

/** By id, which is the lowest that is free. */
function openFiles({ slots, parents }: State): readonly (OpenFile | undefined)[] {
  const open: (OpenFile | undefined)[] = [];
  for (const file of slots) if (file !== null) open[file.id] = file;
  for (const parent of parents) {
    for (const file of parent.slots) if (file !== null) open[file.id] = file;
  }
  return open;
}

/** Slots with one file see the same of it, and no file counts more errors than calls. */
function brokenFile(state: State): string | undefined {
  const open = openFiles(state);
  const ofProcess = (process: Process): string | undefined => {
    for (const file of process.slots) {
      if (file === null) continue;
      if (open[file.id] !== file) return `file ${file.id} differs between its slots`;
      for (const counters of file.counters) {
        if (counters.errors > counters.calls) {
          return `file ${file.id} counts more errors than calls`;
        }
        if (!isConserved(counters)) return `file ${file.id} loses pages, or counts them twice`;
      }
    }
    return undefined;
  };
  return ofProcess(state) ?? firstBroken(state.parents, ofProcess);
}
