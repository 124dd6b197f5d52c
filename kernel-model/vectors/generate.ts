import type { Stage } from "../abi/stage.ts";
import { type CallerName, findCaller } from "../machine/caller.ts";
import { UnmodelledCallError } from "../machine/outcome.ts";
import { createMachine, type Machine } from "../machine/params.ts";
import { X86_64 } from "../machine/platform.ts";
import type { Topology } from "../topology/topology.ts";
import type { GeneratorContext, VectorClass } from "./class.ts";
import { classesOfStage } from "./classes/registry.ts";
import { type Prediction, predict } from "./predict.ts";
import { programKey, programSize } from "./program.ts";
import type { Vector, VectorDraft, VectorSet } from "./vector.ts";

/** The stages that vectors can be made for. */
export const GENERATED_STAGES = ["v1", "v2", "v3"] as const satisfies readonly Stage[];

/** What vectors are made from; equal requests give equal bytes. */
export interface VectorRequest {
  readonly stage: (typeof GENERATED_STAGES)[number];
  /** Unsigned 32 bits. */
  readonly seed: number;
  readonly topology: Topology;
  /** Who makes the calls; root unless told. */
  readonly caller?: CallerName;
}

/** Programs that were made already, by their key, and the id that each was kept under. */
export type KnownPrograms = Map<string, string>;

/**
 * All vectors of a stage for a machine, shortest first: by number of calls, then by bytes of
 * payload, then by id. Programs that are equal are kept once, under the id of the first class.
 *
 * Throws RangeError when two different programs claim one id.
 */
export function generateVectors(request: VectorRequest): VectorSet {
  const { stage, seed, topology } = request;
  const machine = createMachine(topology, stage);
  const calledOn = request.caller === undefined ? {} : { calledOn: machineOf(request) };
  const context = { machine, seed, ...calledOn };
  const vectors = collectVectors(classesOfStage(stage), context, new Map());
  return { stage, seed, topology: topology.name, vectors };
}

/** The machine of a request as its caller finds it. */
export function machineOf({ stage, topology, caller }: VectorRequest): Machine {
  const found = caller === undefined ? undefined : findCaller(caller);
  return createMachine(topology, stage, X86_64, found);
}

/** What vectors are made for, and where they are carried out: the same unless told. */
interface CollectContext extends GeneratorContext {
  /** Programs of which this one can't tell every outcome are left out. */
  readonly calledOn?: Machine;
}

/** The vectors of some classes, without programs that are `known`; these are added to them. */
export function collectVectors(
  classes: readonly VectorClass[],
  { calledOn, ...context }: CollectContext,
  known: KnownPrograms,
): readonly Vector[] {
  const made: Vector[] = [];
  const keptId = new Map<string, string>();
  const programOf = new Map<string, string>();
  for (const { name, random, generate } of classes) {
    for (const draft of generate(context)) {
      const key = programKey(draft.calls);
      const kept = known.get(key) ?? draft.id;
      if ((programOf.get(draft.id) ?? key) !== key) {
        throw new RangeError(`two programs have the id "${draft.id}"`);
      }
      programOf.set(draft.id, key);
      keptId.set(draft.id, kept);
      if (known.has(key)) continue;
      const mayLack = random === true || calledOn !== undefined;
      const prediction = predictKnown(calledOn ?? context.machine, draft, mayLack);
      if (prediction === null) continue;
      known.set(key, draft.id);
      made.push(vectorOf(draft, name, prediction));
    }
  }
  return made.map((vector) => withKeptTwin(vector, keptId)).sort(shortestFirst);
}

/** As two spreads would have it, in a fifth of the time. */
function vectorOf(draft: VectorDraft, className: string, prediction: Prediction): Vector {
  const { id, title, calls, twin } = draft;
  const { expected, rows, answer, digests, choiceOn } = prediction;
  const vector = { id, title, calls, className, rows, answer, expected };
  return Object.assign(
    vector,
    twin === undefined ? undefined : { twin },
    digests === undefined ? undefined : { digests },
    choiceOn === undefined ? undefined : { choiceOn },
  );
}

/** Null for a draft that may have a call the model says nothing about, and has one. */
function predictKnown(
  machine: Machine,
  { calls }: VectorDraft,
  mayLack: boolean,
): Prediction | null {
  try {
    return predict(machine, calls);
  } catch (error) {
    if (mayLack && error instanceof UnmodelledCallError) return null;
    throw error;
  }
}

function withKeptTwin(vector: Vector, keptId: ReadonlyMap<string, string>): Vector {
  if (vector.twin === undefined) return vector;
  return { ...vector, twin: keptId.get(vector.twin) ?? vector.twin };
}

function shortestFirst(a: Vector, b: Vector): number {
  return (
    a.calls.length - b.calls.length ||
    programSize(a.calls) - programSize(b.calls) ||
    (a.id < b.id ? -1 : 1)
  );
}
