import type { Stage } from "../abi/stage.ts";
import { createMachine } from "../machine/params.ts";
import type { Topology } from "../topology/topology.ts";
import { classesOfStage } from "./classes/registry.ts";
import { predict } from "./predict.ts";
import { programKey, programSize } from "./program.ts";
import type { Vector, VectorSet } from "./vector.ts";

/** The stages that vectors can be made for. */
export const GENERATED_STAGES = ["v1", "v2"] as const satisfies readonly Stage[];

/** What vectors are made from; equal requests give equal bytes. */
export interface VectorRequest {
  readonly stage: (typeof GENERATED_STAGES)[number];
  /** Unsigned 32 bits. */
  readonly seed: number;
  readonly topology: Topology;
}

/**
 * All vectors of a stage for a machine, shortest first: by number of calls, then by bytes of
 * payload, then by id. Programs that are equal are kept once, under the id of the first class.
 *
 * Throws RangeError when two different programs claim one id.
 */
export function generateVectors(request: VectorRequest): VectorSet {
  const { stage, seed, topology } = request;
  const machine = createMachine(topology, stage);
  const byProgram = new Map<string, Vector>();
  const keptId = new Map<string, string>();
  for (const { name, generate } of classesOfStage(stage)) {
    for (const draft of generate({ machine, seed })) {
      const key = programKey(draft.calls);
      const kept = byProgram.get(key)?.id ?? draft.id;
      if (keptId.has(draft.id) && keptId.get(draft.id) !== kept) {
        throw new RangeError(`two programs have the id "${draft.id}"`);
      }
      keptId.set(draft.id, kept);
      if (kept !== draft.id || byProgram.has(key)) continue;
      byProgram.set(key, { ...draft, className: name, ...predict(machine, draft.calls) });
    }
  }
  const vectors = [...byProgram.values()].map((vector) => withKeptTwin(vector, keptId));
  return { stage, seed, topology: topology.name, vectors: vectors.sort(shortestFirst) };
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
