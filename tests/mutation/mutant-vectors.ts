import type { Call, IoctlCall, Vector, VectorSet } from "../../kernel-model/index.ts";
import { SELECT_COMMAND } from "./schemata.ts";

/** Holds the file through which mutants are selected; the vectors that use it are left out. */
const SELECTOR_SLOT = 7;
const EMPTY = new Uint8Array(0);
const DONE = [{ ret: 0, out: EMPTY }] as const;

/** Those of a set that leave the selector alone. */
export function selectableVectors({ vectors }: VectorSet): readonly Vector[] {
  return vectors.filter(({ calls }) => !calls.some(usesSelector));
}

/** Those that end with a file opened: the one call that allocates. */
export function openingVectors(set: VectorSet): readonly Vector[] {
  return selectableVectors(set).filter(({ calls, expected }) => {
    return calls.at(-1)?.op === "open" && expected.at(-1)?.[0]?.ret === 0;
  });
}

/** The vectors in rounds: a few of every class, more of them, the rest. */
export function planRounds(vectors: readonly Vector[], sizes: readonly number[]): Vector[][] {
  const taken = new Map<string, number>();
  const rounds: Vector[][] = Array.from({ length: sizes.length + 1 }, () => []);
  for (const vector of spread(vectors)) {
    const place = taken.get(vector.className) ?? 0;
    taken.set(vector.className, place + 1);
    const round = sizes.findIndex((size) => place < size);
    rounds[round === -1 ? sizes.length : round]?.push(vector);
  }
  return rounds;
}

/** One vector for each row that answers first, so that the first round asks all of them. */
function spread(vectors: readonly Vector[]): readonly Vector[] {
  const seen = new Map<string, number>();
  const keyed = vectors.map((vector) => {
    const { className, answer, expected } = vector;
    const key = `${className} ${answer ?? tracedStep(vector) ?? expected.at(-2)?.[0]?.ret}`;
    const place = seen.get(key) ?? 0;
    seen.set(key, place + 1);
    return { vector, place };
  });
  return keyed.toSorted((a, b) => a.place - b.place).map(({ vector }) => vector);
}

/** The step that the event names which a vector ends with: the class of events has no answer. */
function tracedStep({ expected }: Vector): string | undefined {
  const [last] = expected.at(-1) ?? [];
  return last && /step=\d+/.exec(new TextDecoder().decode(last.out))?.[0];
}

/** Calls that begin and end processes, as far as the model has them. */
const PROCESS_OPS = { fork: "fork", exit: "exit", exec: "exec" } as const;
/** `which` of a FILEOP that duplicates. */
const DUP = 5;

/** A program that execs begins with no file but those that it may inherit. */
function usesSelector(call: Call): boolean {
  const op: string = call.op;
  if (op === PROCESS_OPS.exec) return true;
  if (!("slot" in call)) return false;
  return call.slot === SELECTOR_SLOT || (call.op === "fileop" && call.target === SELECTOR_SLOT);
}

/** A vector carried out with a mutant; what it opens is closed while the mutant is selected. */
export function withMutant(vector: Vector, id: number): Vector {
  const closing = openSlots(vector).map((slot): Call => ({ op: "close", slot }));
  const opening: Call = { op: "open", slot: SELECTOR_SLOT, flags: 2, uid: 0 };
  // The model does not know the selector, so that it can't follow states: their union is asked.
  // The digest is that of the state behind these calls.
  const { choiceOn: _, digests: __, ...plain } = vector;
  return {
    ...plain,
    id: `${id}/${vector.id}`,
    calls: [opening, select(id), ...vector.calls, ...closing, select(0)],
    expected: [DONE, DONE, ...vector.expected, ...closing.map(() => DONE), DONE],
  };
}

/** Selects a mutant for all vectors that follow it in its guest. */
export function selectingVector(id: number): Vector {
  return {
    ...{
      id: `${id}/select`,
      title: "selects a mutant",
      className: "mutant",
      rows: [],
      answer: null,
    },
    calls: [{ op: "open", slot: SELECTOR_SLOT, flags: 2, uid: 0 }, select(id)],
    expected: [DONE, DONE],
  };
}

/** The id of the mutant that a vector's id names. */
export function mutantOf(vectorId: string): number {
  return Number(vectorId.split("/")[0]);
}

/** Of the process that the calls end in. */
function openSlots({ calls, expected }: Vector): readonly number[] {
  const processes: Set<number>[] = [new Set()];
  for (const [index, call] of calls.entries()) {
    const open = processes.at(-1);
    if (expected[index]?.[0]?.ret !== 0 || open === undefined) continue;
    const op: string = call.op;
    if ("slot" in call && op.startsWith("open")) open.add(call.slot);
    if (call.op === "close") open.delete(call.slot);
    if (call.op === "fileop" && call.which === DUP) open.add(call.target);
    if (op === PROCESS_OPS.fork) processes.push(new Set(open));
    if (op === PROCESS_OPS.exit) processes.pop();
  }
  return [...(processes.at(-1) ?? [])];
}

function select(id: number): IoctlCall {
  const cmd = SELECT_COMMAND + id;
  const argument = { accessible: 0xffffffff, flags: 0, pointer: 0n, payload: EMPTY };
  return { op: "ioctl", slot: SELECTOR_SLOT, cmd, ...argument };
}
