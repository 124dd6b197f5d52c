import { ADVICE, type Call } from "../../machine/calls.ts";
import type { Machine } from "../../machine/params.ts";
import type { VectorClass } from "../class.ts";
import { openDevice } from "../hint-at.ts";
import { layPages, type PageCell, pageCells } from "../page-cells.ts";
import { askPages, pageHint, wishesOf } from "../page-hint.ts";
import { isModelled } from "../run-model.ts";
import type { VectorDraft } from "../vector.ts";

const FIRST = 30;
const PAGES = 4;
const FORK: Call = { op: "fork" };
const EXIT: Call = { op: "exit" };
const middle = { page: FIRST + 1, npages: 2 };

/** What a child does with what it has of its parent, before it gives a hint. */
const ACTS: readonly (readonly [name: string, calls: readonly Call[]])[] = [
  ["idle", []],
  ["writes", [{ op: "write", ...middle, seed: 3, nid: -1 }]],
  ["reads", [{ op: "read", ...middle, nid: -1 }]],
  ["unmaps", [{ op: "munmap", ...middle }]],
  ["drops", [{ op: "madvise", ...middle, advice: ADVICE.dontNeed }]],
  ["locks", [{ op: "mlock-now", ...middle }]],
];

/** Pages that fork has shared, under hints of the child, and of the parent once it is over. */
export const FORKED: VectorClass = {
  name: "forked",
  title: "pages shared by fork: hints of the child and of its parent, before and after copies",
  since: "v3",
  generate: ({ machine }) => drafts(machine).filter(({ calls }) => isModelled(machine, calls)),
};

function drafts(machine: Machine): readonly VectorDraft[] {
  const wanted = /^(zero|anon-\d|locked-\d|shmem-\d|file-\d|copied-file-\d)$/;
  const cells = pageCells(machine).filter(({ name }) => wanted.test(name));
  return cells.flatMap((cell) =>
    ACTS.flatMap(([act, calls]) =>
      wishesOf(machine).map((wish) => {
        const hint = pageHint(wish, FIRST, PAGES);
        return draft(`${wish.name}-${cell.name}-${act}`, cell, [...calls, hint], hint);
      }),
    ),
  );
}

function draft(name: string, cell: PageCell, ofChild: readonly Call[], hint: Call): VectorDraft {
  const cells = Array.from({ length: PAGES }, () => cell);
  const calls = [
    openDevice(0),
    ...layPages(FIRST, cells),
    FORK,
    ...ofChild,
    ...askPages(FIRST, PAGES),
    EXIT,
    { op: "where", page: FIRST, npages: PAGES } as const,
    hint,
    ...askPages(FIRST, PAGES),
  ];
  return { id: `forked-${name}`, title: `after fork: ${name.replaceAll("-", " ")}`, calls };
}
