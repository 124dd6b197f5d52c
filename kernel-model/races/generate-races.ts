import type { HintOpName } from "../abi/hint-ops.ts";
import { HBF_IOC_CAPS } from "../abi/ioctls/caps.ts";
import { HBF_IOC_STATS } from "../abi/ioctls/stats.ts";
import { isSince, type Stage } from "../abi/stage.ts";
import { type Call, FILE_OP, OPEN_MODE, PROT } from "../machine/calls.ts";
import { answerCall } from "../vectors/answer-case.ts";
import { arenaAddress, specCalls, specPayload, validSpec } from "../vectors/hint-spec.ts";
import type { Race } from "./race.ts";

const [FIRST_PAGE, RANGE_PAGES] = [8, 4];
/** A slot that only the first or only the second task fills: the runner looks before it opens. */
const OWN_SLOT = { 1: 2, 2: 3 } as const;
type Task = keyof typeof OWN_SLOT;

/** What one task does while another one runs. */
export interface Operation {
  readonly name: string;
  readonly since: Stage;
  /** Whether it leaves memory and open files as they are, so that processes may do it too. */
  readonly isPure: boolean;
  readonly calls: (task: Task) => readonly Call[];
}

const range = { page: FIRST_PAGE, npages: RANGE_PAGES };
const hint = (op: HintOpName, change: Partial<ReturnType<typeof validSpec>> = {}): Call => {
  const [call] = specCalls({ ...validSpec(op), ...change }).slice(-1);
  if (call?.op !== "ioctl") throw new RangeError("a hint is one ioctl");
  return { ...call, payload: specPayload({ ...validSpec(op), ...change }) };
};
const pure = (name: string, call: Call, since: Stage = "v1"): Operation => {
  return { name, since, isPure: true, calls: () => [call] };
};
const memory = (name: string, ...calls: readonly Call[]): Operation => {
  return { name, since: "v1", isPure: false, calls: () => calls };
};

/** Every operation that races are made of. */
export const RACE_OPERATIONS: readonly Operation[] = [
  pure("hint", hint("promote")),
  pure("hint-refused", hint("demote", { flags: 1n })),
  pure("hint-hole", hint("release", { start: arenaAddress(FIRST_PAGE + RANGE_PAGES) })),
  pure("caps", answerCall(HBF_IOC_CAPS, 0, { size: HBF_IOC_CAPS.struct.size })),
  pure("stats", answerCall(HBF_IOC_STATS, 0, { size: HBF_IOC_STATS.struct.size }), "v2"),
  memory("munmap", { op: "munmap", page: FIRST_PAGE + 1, npages: 1 }),
  memory("mprotect", { op: "mprotect", ...range, prot: PROT.none }),
  memory("mlock", { op: "mlock", ...range }),
  memory("remap", { op: "munmap", ...range }, { ...mmap(), page: FIRST_PAGE }),
  memory("touch", { op: "touch", page: FIRST_PAGE, npages: 1 }),
  {
    ...{ name: "open-close", since: "v1", isPure: false },
    calls: (task) => [open(OWN_SLOT[task]), { op: "close", slot: OWN_SLOT[task] }],
  },
  {
    ...{ name: "dup-close", since: "v1", isPure: false },
    calls: (task) => [
      { op: "fileop", slot: 0, which: FILE_OP.dup, target: OWN_SLOT[task] },
      { op: "close", slot: OWN_SLOT[task] },
    ],
  },
];

function open(slot: number): Call {
  return { op: "open", slot, flags: OPEN_MODE.rdwr, uid: 0 };
}

function mmap() {
  return { op: "mmap", ...range, kind: 0, prot: PROT.read | PROT.write } as const;
}

/**
 * Every pair of operations, each as often as told: a task does the first and then hints, another
 * does the second and then gives the same hint, so that both change one counter; before and after,
 * one task alone, which reads the counters last. Pairs of pure operations are
 * done by processes, too. How the tasks interleave is the schedule's matter, not the race's.
 */
export function generateRaces(stage: Stage, rounds: number): readonly Race[] {
  const known = RACE_OPERATIONS.filter(({ since }) => isSince(stage, since));
  const pairs = known.flatMap((first, index) => known.slice(index).map((two) => [first, two]));
  const end = isSince(stage, "v2")
    ? [hint("promote"), answerCall(HBF_IOC_STATS, 0, { size: HBF_IOC_STATS.struct.size })]
    : [hint("promote")];
  return Array.from({ length: rounds }, (_, round) => round).flatMap((round) =>
    pairs.flatMap(([first, second]) => {
      if (first === undefined || second === undefined) return [];
      const id = `${first.name}-with-${second.name}-${round}`;
      const alone = (call: Call) => ({ call, task: 0 });
      const calls = [
        ...[open(0), mmap()].map(alone),
        ...[...first.calls(1), hint("demote")].map((call) => ({ call, task: 1 })),
        ...[...second.calls(2), hint("demote")].map((call) => ({ call, task: 2 })),
        ...end.map(alone),
      ];
      const threads: Race = { id, tasks: "threads", calls };
      if (!first.isPure || !second.isPure) return [threads];
      return [threads, { id: `${id}-processes`, tasks: "processes", calls }];
    }),
  );
}
