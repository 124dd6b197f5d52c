import type { Call } from "../../machine/calls.ts";
import type { Machine } from "../../machine/params.ts";
import type { VectorClass } from "../class.ts";
import { openDevice } from "../hint-at.ts";
import { layPages, oddPageCells, type PageCell, pageCells } from "../page-cells.ts";
import { askPages, pageHint, type Wish, wishesOf } from "../page-hint.ts";
import { isModelled } from "../run-model.ts";
import type { VectorDraft } from "../vector.ts";

const FIRST = 30;

/**
 * Three pages in every combination of states, under every wish, and what became of each: the page
 * after them shows that a hint leaves its neighbours alone. The first two lie on both sides of
 * what a fault of a file brings in with it.
 */
export const PAGES: VectorClass = {
  name: "pages",
  title: "every combination of the states of three pages, under every operation and target",
  since: "v3",
  generate: ({ machine }) => [...triples(machine), ...pairs(machine), ...cpusets(machine)],
};

/** What is left out says the same of three pages as of two. */
const IN_PAIRS_ONLY = /^(dropped|locked-0|read-only-\d|unmapped-shmem-0|copied-file-0|file-0)$/;

function triples(machine: Machine): readonly VectorDraft[] {
  const cells = pageCells(machine).filter(({ name }) => !IN_PAIRS_ONLY.test(name));
  return cells
    .flatMap((a) => cells.flatMap((b) => cells.map((c) => [a, b, c])))
    .filter(isPinnedOnce)
    .flatMap((row) => drafts(machine, row));
}

function pairs(machine: Machine): readonly VectorDraft[] {
  const cells = [...pageCells(machine), ...oddPageCells(machine)];
  return cells.flatMap((a) => cells.map((b) => [a, b])).flatMap((row) => drafts(machine, row));
}

/** One range is pinned at a time. */
function isPinnedOnce(cells: readonly PageCell[]): boolean {
  const first = cells.findIndex(({ steps }) => steps.pin !== undefined);
  const rest = cells.slice(Math.max(first, 0)).findIndex(({ steps }) => steps.pin === undefined);
  const end = rest < 0 ? cells.length : Math.max(first, 0) + rest;
  return first < 0 || !cells.slice(end).some(({ steps }) => steps.pin !== undefined);
}

/** With nodes that are not allowed: what is on them already stays there, or may only go. */
function cpusets(machine: Machine): readonly VectorDraft[] {
  const cells = pageCells(machine).filter(({ name }) => /^(anon|shmem|zero|absent)/.test(name));
  const masks = Array.from({ length: machine.memoryNodes }, (_, index) => index + 1).filter(
    (mask) => (mask & ~machine.memoryNodes) === 0 && mask !== machine.memoryNodes,
  );
  return masks.flatMap((mask) =>
    cells
      .flatMap((cell) => drafts(machine, [cell, cell], { op: "cpuset", mask }))
      .filter(({ calls }) => isModelled(machine, calls)),
  );
}

function drafts(
  machine: Machine,
  cells: readonly PageCell[],
  before?: Call,
): readonly VectorDraft[] {
  const setUp = [openDevice(0), ...(before ? [before] : []), ...layPages(FIRST, cells)];
  return wishesOf(machine).map((wish) => draft(setUp, cells, wish, before));
}

function draft(
  setUp: readonly Call[],
  cells: readonly PageCell[],
  wish: Wish,
  before: Call | undefined,
): VectorDraft {
  const names = cells.map(({ name }) => name).join("-then-");
  const mems = before?.op === "cpuset" ? `-mems-${before.mask}` : "";
  return {
    id: `pages-${wish.name}-${names}${mems}`,
    title: `${wish.name.replaceAll("-", " ")}: ${names.replaceAll("-", " ")}${mems}`,
    calls: [...setUp, pageHint(wish, FIRST, cells.length), ...askPages(FIRST, cells.length)],
  };
}
