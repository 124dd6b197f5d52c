import { join } from "node:path";
import {
  type Call,
  predictVectors,
  type Topology,
  UnmodelledCallError,
  type Vector,
  type VectorRequest,
} from "../../kernel-model/index.ts";
import type { VectorsRequest } from "../../tools/lib/verify/run-part.ts";
import { runVectors } from "../../tools/lib/verify/run-vectors.ts";
import type { RunBatch } from "./shrink-walk.ts";

/** The kernel and machine that programs are run on. */
export interface WalkGuest extends Omit<VectorsRequest, "vectors" | "seed" | "topology"> {
  readonly topology: Topology;
  readonly stage: VectorRequest["stage"];
}

/** Runs programs in a guest; those with a call that the model says nothing about are left out. */
export function guestRun(guest: WalkGuest): RunBatch<Call> {
  let batches = 0;
  return async (programs) => {
    const vectors = programs.flatMap((calls, index) => asVector(guest, calls, index));
    if (vectors.length === 0) return new Set();
    batches += 1;
    const dir = join(guest.dir, `batch-${batches}`);
    const { findings } = await runVectors({ ...guest, seed: 0, dir, vectors });
    return new Set(
      findings.map(({ vector, what }) => {
        if (vector === undefined) throw new Error(`a guest failed: ${what}`);
        return Number(vector.id.replace("walk-", ""));
      }),
    );
  };
}

function asVector(
  { stage, topology }: WalkGuest,
  calls: readonly Call[],
  index: number,
): readonly Vector[] {
  try {
    const { vectors } = predictVectors(
      { stage, topology, seed: 0 },
      { seed: 0, programs: [calls] },
    );
    return vectors.map((vector) => ({ ...vector, id: `walk-${index}` }));
  } catch (error) {
    if (error instanceof UnmodelledCallError) return [];
    throw error;
  }
}
