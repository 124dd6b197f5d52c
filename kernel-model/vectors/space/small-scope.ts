import { HINT_OP } from "../../abi/hint-ops.ts";
import { HBF_IOC_STATS } from "../../abi/ioctls/stats.ts";
import { isSince } from "../../abi/stage.ts";
import { type Call, FILE_OP, OPEN_MODE, PROT } from "../../machine/calls.ts";
import type { Machine } from "../../machine/params.ts";
import { initialState, type State } from "../../machine/state.ts";
import { answerCall } from "../answer-case.ts";
import { arenaAddress, type HintSpec, specCalls, validSpec } from "../hint-spec.ts";
import type { Scope } from "./explore.ts";

const ANON = 0;
const RW = PROT.read | PROT.write;
/** Calls that a file counts, before only the calls that show its counters are left. */
const MAX_COUNT = 1;

/**
 * Three mappings of a page each, which lie side by side: the first may lose its permissions, the
 * second be locked. Two files, of which the second is read-only or a duplicate of the first, and
 * which count one hint. All cpusets of the machine's nodes. Two processes: a child changes its
 * memory, closes files and gives hints while its parent waits.
 */
export function smallScope(machine: Machine): Scope {
  const initial = initialState(machine);
  return {
    name: "small",
    initial,
    alphabet: [
      ...memoryCalls(),
      ...fileCalls(),
      ...cpusetCalls(machine),
      ...hintCalls(machine),
      { op: "fork" },
      { op: "exit" },
    ],
    allows: (state, call) => isInProcess(state, call) && isWithin(state, call),
  };
}

function memoryCalls(): readonly Call[] {
  return [
    ...[0, 1, 2].flatMap((page): Call[] => [
      { op: "mmap", page, npages: 1, kind: ANON, prot: RW },
      { op: "munmap", page, npages: 1 },
    ]),
    { op: "mprotect", page: 0, npages: 1, prot: PROT.none },
    { op: "mprotect", page: 0, npages: 1, prot: RW },
    { op: "mlock", page: 1, npages: 1 },
    { op: "munlock", page: 1, npages: 1 },
    { op: "munmap", page: 0, npages: 3 },
  ];
}

function fileCalls(): readonly Call[] {
  return [
    { op: "open", slot: 0, flags: OPEN_MODE.rdwr, uid: 0 },
    { op: "open", slot: 1, flags: OPEN_MODE.rdonly, uid: 0 },
    { op: "fileop", slot: 0, which: FILE_OP.dup, target: 1 },
    { op: "close", slot: 0 },
    { op: "close", slot: 1 },
  ];
}

function cpusetCalls({ memoryNodes }: Machine): readonly Call[] {
  const masks = Array.from({ length: memoryNodes }, (_, index) => index + 1);
  return masks
    .filter((mask) => (mask & ~memoryNodes) === 0)
    .map((mask): Call => ({ op: "cpuset", mask }));
}

function hintCalls({ stage, nodes }: Machine): readonly Call[] {
  const { prefetch, promote, demote, release } = HINT_OP;
  const targets = [promote, demote].flatMap((op) =>
    nodes.map((_, targetNid) => hintCall({ op, targetNid }, 0)),
  );
  const stats = [0, 1].map((slot) => answerCall(HBF_IOC_STATS, slot, { size: 264, poison: 0xaa }));
  return [
    ...[0, 1].flatMap((slot) =>
      [prefetch, promote, demote, release].map((op) => hintCall({ op }, slot)),
    ),
    hintCall({ op: prefetch, len: 4096n }, 0),
    hintCall({ op: demote, start: arenaAddress(1), len: 4096n }, 0),
    ...targets,
    ...(isSince(stage, "v2") ? stats : []),
  ];
}

/** A hint on the three pages, unless told otherwise. */
function hintCall(differs: Partial<HintSpec>, slot: number): Call {
  const whole = { start: arenaAddress(0), len: 3n * 4096n, cells: [] };
  const call = specCalls({ ...validSpec("promote"), ...whole, ...differs }).at(-1);
  if (call?.op !== "ioctl") throw new Error("a spec ends with its ioctl");
  return { ...call, slot };
}

/** A file whose counters are at the bound is asked for them, but gets no more hints. */
function isWithin({ slots }: State, call: Call): boolean {
  if (call.op !== "ioctl" || call.payload.length > 64) return true;
  const counters = slots[call.slot]?.counters ?? [];
  return counters.every(({ calls }) => calls < MAX_COUNT);
}

/** What a child does not do, or a parent: so that their states multiply no more than they must. */
const ONLY_PARENT = new Set<Call["op"]>(["open", "cpuset", "fileop", "fork"]);

function isInProcess({ parents, machine, memsAllowed, slots }: State, { op }: Call): boolean {
  if (parents.length > 0) return !ONLY_PARENT.has(op);
  if (op === "fork") return memsAllowed === machine.memoryNodes && slots[1] === null;
  return op !== "exit";
}
