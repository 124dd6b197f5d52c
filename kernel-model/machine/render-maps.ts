import { ADVICE_FLAG, looksAlike, UFFD_MODE, type Vma } from "./address-space.ts";
import { PROT } from "./calls.ts";
import type { State } from "./state.ts";

/** Letters of VmFlags in /proc/PID/smaps, and when a mapping has them; in the kernel's order. */
const LETTERS: readonly (readonly [letters: string, has: (vma: Vma) => boolean])[] = [
  ["rd", ({ prot }) => (prot & PROT.read) !== 0],
  ["wr", ({ prot }) => (prot & PROT.write) !== 0],
  ["ex", ({ prot }) => (prot & PROT.exec) !== 0],
  ["sh", ({ kind }) => kind.shared],
  ["gd", ({ kind }) => kind.growsDown],
  ["um", ({ uffd }) => (uffd & UFFD_MODE.missing) !== 0],
  ["pf", ({ kind }) => kind.pfnmap],
  ["uw", ({ uffd }) => (uffd & UFFD_MODE.wp) !== 0],
  ["lo", ({ locked }) => locked],
  ["io", ({ kind }) => kind.pfnmap],
  ["sr", ({ advice }) => (advice & ADVICE_FLAG.sequential) !== 0],
  ["rr", ({ advice }) => (advice & ADVICE_FLAG.random) !== 0],
  ["dc", ({ advice }) => (advice & ADVICE_FLAG.dontCopy) !== 0],
  ["lf", ({ lockOnFault }) => lockOnFault],
  ["ht", ({ kind }) => kind.hugetlb],
  ["wf", ({ advice }) => (advice & ADVICE_FLAG.wipeOnFork) !== 0],
  ["dd", ({ advice }) => (advice & ADVICE_FLAG.dontDump) !== 0],
  ["hg", ({ advice }) => (advice & ADVICE_FLAG.huge) !== 0],
  ["nh", ({ advice }) => (advice & ADVICE_FLAG.noHuge) !== 0],
  ["ui", ({ uffd }) => (uffd & UFFD_MODE.minor) !== 0],
];

/** What the runner takes over of VmFlags; `fs/proc/task_mmu.c:show_smap_vma_flags @ 6.12.117`. */
export const MAPS_LETTERS = LETTERS.map(([letters]) => letters).join(" ");

/**
 * The arena's mappings as the runner lists them: first page, pages, flags. Neighbours with the
 * same letters are one line, since no call shows whether the kernel has merged them.
 */
export function renderMaps({ space, machine }: State): string {
  const lines: { start: number; end: number; letters: string }[] = [];
  let before: Vma | undefined;
  for (const vma of space) {
    const last = lines.at(-1);
    const follows = last !== undefined && last.end === vma.start;
    const letters =
      follows && before !== undefined && looksAlike(before, vma) ? last.letters : lettersOf(vma);
    if (follows && last.letters === letters) last.end = vma.end;
    else lines.push({ start: vma.start, end: vma.end, letters });
    before = vma;
  }
  const { arenaStart } = machine.pages;
  return lines
    .map(({ start, end, letters }) => `${start - arenaStart} ${end - start}${letters}\n`)
    .join("");
}

function lettersOf(vma: Vma): string {
  return LETTERS.filter(([, has]) => has(vma))
    .map(([letters]) => ` ${letters}`)
    .join("");
}
