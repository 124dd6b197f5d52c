import { HINT_OP_NAMES } from "../../abi/hint-ops.ts";
import { type Call, MREMAP } from "../../machine/calls.ts";
import { MMAP_KINDS } from "../../machine/mmap-kinds.ts";
import type { Machine } from "../../machine/params.ts";
import type { VectorClass } from "../class.ts";
import { hintAt, openDevice } from "../hint-at.ts";
import { numbers } from "../numbers.ts";
import { buildProgram } from "../run-model.ts";
import type { VectorDraft } from "../vector.ts";

const PAGE = 8;
const PAGES = 4;
const MAPS: Call = { op: "maps" };
/** Beyond what is known, so that numbers of others count as unknown here, too. */
const ADVICES = numbers(0, 26);
const UFFD_MODES = numbers(0, 9);

/** What changes mappings: after each call their list, and every op over them. */
export const MAPPING: VectorClass = {
  name: "mapping",
  title: "mremap, madvise, brk, mlock, userfaultfd, keys, growing stacks: mappings and hints after",
  generate: ({ machine }) => [
    ...MMAP_KINDS.flatMap((kind) => {
      const whole = kind.hugetlb ? { page: 0, npages: 512 } : { page: PAGE, npages: PAGES };
      const mmap: Call = { op: "mmap", ...whole, kind: kind.nr, prot: kind.mayWrite ? 3 : 1 };
      return changes().flatMap(([name, change]) =>
        drafts(machine, `${kind.name}-${name}`, [mmap, ...change]),
      );
    }),
    ...STORIES.flatMap(([name, calls]) => drafts(machine, name, calls)),
  ],
};

/** One call with what it can be asked for, over the second and third of four pages. */
function changes(): readonly (readonly [name: string, calls: readonly Call[]])[] {
  const part = { page: PAGE + 1, npages: 2 };
  const all = { page: PAGE, npages: PAGES };
  return [
    ...ADVICES.flatMap((advice): [string, Call[]][] => [
      [`advice-${advice}`, [{ op: "madvise", ...part, advice }]],
      [
        `locked-advice-${advice}`,
        [
          { op: "mlock", ...part },
          { op: "madvise", ...all, advice },
        ],
      ],
    ]),
    ...UFFD_MODES.map((mode): [string, Call[]] => [
      `uffd-mode-${mode}`,
      [{ op: "uffd-mode", ...part, mode }],
    ]),
    ...numbers(0, 4).flatMap((rights): [string, Call[]][] => [
      [`pkey-${rights}`, [{ op: "pkey", ...part, prot: 3, rights }]],
      [
        `pkey-${rights}-touch`,
        [
          { op: "pkey", ...part, prot: 3, rights },
          { op: "touch", ...all },
        ],
      ],
      [
        `pkey-${rights}-mlock`,
        [
          { op: "pkey", ...part, prot: 3, rights },
          { op: "mlock-now", ...all },
        ],
      ],
    ]),
    ...[0, 1, 2, 3, 4, 5, 7].map((prot): [string, Call[]] => [
      `mlock-now-prot-${prot}`,
      [
        { op: "mprotect", ...part, prot },
        { op: "mlock-now", ...all },
      ],
    ]),
    ...lockStories(part, all),
    ...moves(),
  ];
}

interface Pages {
  readonly page: number;
  readonly npages: number;
}

function lockStories(part: Pages, all: Pages): readonly [string, Call[]][] {
  const locks = ["mlock", "mlock-now", "munlock"] as const;
  return locks.flatMap((first) =>
    locks.map((second): [string, Call[]] => [
      `${first}-then-${second}`,
      [
        { op: first, ...all },
        { op: second, ...part },
      ],
    ]),
  );
}

/** In place and away, shorter, equal and longer, with every combination of flags. */
function moves(): readonly [string, Call[]][] {
  const sizes = [1, 2, 3, 4, 6, 9];
  const { mayMove, fixed, dontUnmap } = MREMAP;
  const flags = [
    ...[0, mayMove, fixed, dontUnmap, 8],
    ...[mayMove | fixed, mayMove | dontUnmap, mayMove | fixed | dontUnmap],
  ];
  return sizes.flatMap((npages) =>
    sizes.flatMap((toPages) =>
      flags.map((flag): [string, Call[]] => [
        `mremap-${npages}-to-${toPages}-flags-${flag}`,
        [{ op: "mremap", page: PAGE, npages, toPage: 40, toPages, flags: flag }],
      ]),
    ),
  );
}

const mmap = (page: number, npages: number, kind: number, prot = 3): Call => {
  return { op: "mmap", page, npages, kind, prot };
};
const touch = (page: number, npages: number): Call => ({ op: "touch", page, npages });
const brk = (page: number, npages: number): Call => ({ op: "brk", page, npages });
const HUGETLB = 5;
const STACK = 6;

/** What takes more than one mapping: the heap beside others, and the gap below a stack. */
const STORIES: readonly (readonly [string, readonly Call[]])[] = [
  ["heap", [brk(8, 4)]],
  ["heap-twice", [brk(8, 2), brk(10, 2)]],
  ["heap-elsewhere", [brk(20, 2), brk(8, 2), brk(30, 1)]],
  ["heap-over-itself", [brk(8, 4), brk(9, 2)]],
  ["heap-behind-mapping", [mmap(4, 4, 0), brk(8, 4)]],
  ...[11, 12, 13, 14].map((page): [string, Call[]] => [
    `heap-before-mapping-at-${page}`,
    [mmap(page, 2, 0), brk(8, 4)],
  ]),
  ...[268, 269, 270].map((page): [string, Call[]] => [
    `heap-before-stack-at-${page}`,
    [mmap(page, 2, STACK), brk(8, 4)],
  ]),
  ...[0, 1, 2, 3].flatMap((prot) =>
    [3, 7, 264, 265, 266, 267].map((page): [string, Call[]] => [
      `stack-grows-to-${page}-above-prot-${prot}`,
      [mmap(8, 2, 0, prot), mmap(300, 4, STACK), touch(page, 1)],
    ]),
  ),
  ["stack-grows-step-by-step", [mmap(300, 4, STACK), touch(299, 1), touch(296, 2), touch(290, 9)]],
  ["stack-grows-to-stack", [mmap(8, 2, STACK), mmap(20, 2, STACK), touch(12, 1)]],
  ["stack-without-write-grows", [mmap(20, 2, STACK, 1), touch(12, 1)]],
  ["stack-locked-grows", [mmap(20, 2, STACK), { op: "mlock", page: 20, npages: 2 }, touch(12, 1)]],
  [
    "stack-dontfork-grows",
    [mmap(20, 2, STACK), { op: "madvise", page: 20, npages: 2, advice: 10 }, touch(12, 1)],
  ],
  ...[0, 1, 2, 3, 4, 5, 7].flatMap((flags) =>
    [0, 1, 40].flatMap((toPage) =>
      [1, 2, 512].map((npages): [string, Call[]] => [
        `huge-page-mremap-${npages}-to-page-${toPage}-flags-${flags}`,
        [
          mmap(0, 512, HUGETLB),
          { op: "mremap", page: 0, npages, toPage, toPages: Math.min(3, 512 - toPage), flags },
        ],
      ]),
    ),
  ),
  ...[3, 9, 21, 22, 23, 25].flatMap((advice): [string, Call[]][] => [
    ...[0, 1, 2, 3, 4].map((prot): [string, Call[]] => [
      `advice-${advice}-prot-${prot}`,
      [mmap(8, 4, 0, prot), { op: "madvise", page: 9, npages: 2, advice }],
    ]),
    ...[8, 11, 13].map((page): [string, Call[]] => [
      `advice-${advice}-hole-at-${page}`,
      [
        mmap(8, 6, 0),
        { op: "munmap", page, npages: 1 },
        { op: "madvise", page: 8, npages: 6, advice },
      ],
    ]),
    ...MMAP_KINDS.filter(({ hugetlb }) => !hugetlb).map((kind): [string, Call[]] => [
      `advice-${advice}-from-${kind.name}-on`,
      [
        mmap(8, 2, kind.nr, kind.mayWrite ? 3 : 1),
        mmap(10, 2, 0),
        { op: "madvise", page: 8, npages: 5, advice },
      ],
    ]),
    ...[1, 2, 3].map((rights): [string, Call[]] => [
      `advice-${advice}-key-${rights}`,
      [
        mmap(8, 4, 0),
        { op: "pkey", page: 9, npages: 2, prot: 3, rights },
        { op: "madvise", page: 8, npages: 4, advice },
      ],
    ]),
    [
      `advice-${advice}-of-the-whole-arena-without-huge-pages`,
      [
        mmap(0, 512, 0),
        { op: "madvise", page: 0, npages: 512, advice: 15 },
        { op: "madvise", page: 0, npages: 512, advice },
      ],
    ],
    [
      `advice-${advice}-of-the-arena-but-a-page`,
      [mmap(0, 511, 0), { op: "madvise", page: 0, npages: 511, advice }],
    ],
  ]),
  ["stack-does-not-grow-for-a-hint", [mmap(12, 2, STACK), hintAt(0, "prefetch", 8, 4)]],
];

/** The program, and behind it what is mapped and how each op finds that. */
function drafts(machine: Machine, name: string, changes: readonly Call[]): readonly VectorDraft[] {
  const program = buildProgram(machine);
  program.add(openDevice(0));
  const added = changes.filter((change) => program.add(change));
  if (added.length < changes.length) return [];
  program.add(MAPS);
  for (const op of HINT_OP_NAMES) {
    program.add(hintAt(0, op, PAGE, PAGES));
    program.add(hintAt(0, op, PAGE + 1, 1));
    program.add(hintAt(0, op, 40, 2));
  }
  const title = `mappings: ${name.replaceAll("-", " ")}`;
  return [{ id: `mapping-${name}`, title, calls: program.calls }];
}
