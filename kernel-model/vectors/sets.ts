import { createMachine } from "../machine/params.ts";
import { MIXED } from "./classes/mixed.ts";
import { SPACE } from "./classes/space.ts";
import { PRODUCT } from "./classes/tway.ts";
import { WALK } from "./classes/walk.ts";
import { collectVectors, generateVectors, machineOf, type VectorRequest } from "./generate.ts";
import { programKey } from "./program.ts";
import type { VectorSet } from "./vector.ts";

/**
 * Sets by name: `default` for every change; `space` for every edge of a closed state space; `long`
 * for a change of the model or the interface.
 */
export const VECTOR_SET_NAMES = ["default", "space", "long"] as const;

export type VectorSetName = (typeof VECTOR_SET_NAMES)[number];

/** Distinct vectors that the long set has at least. */
export const LONG_SET_VECTORS = 500_000;
/** Seeds of the random classes in one part of the long set. */
const SEEDS_A_PART = 12;
/** Every further seed is this far from the one before, so that sets of near seeds differ. */
const SEED_STRIDE = 0x9e3779b1;

/**
 * A set in parts, each small enough for the memory of one guest; no program is in two of them. The
 * long set begins with the default one and all valid hints, and goes on with random programs.
 */
export function* vectorParts(name: VectorSetName, request: VectorRequest): Generator<VectorSet> {
  const { stage, topology } = request;
  if (name === "default") {
    yield generateVectors(request);
    return;
  }
  const machine = createMachine(topology, stage);
  const context =
    request.caller === undefined ? { machine } : { machine, calledOn: machineOf(request) };
  const part = (vectors: VectorSet["vectors"]): VectorSet => {
    return { stage, seed: request.seed, topology: topology.name, vectors };
  };
  if (name === "space") {
    yield part(collectVectors([SPACE], { ...context, seed: request.seed }, new Map()));
    return;
  }
  const first = generateVectors(request);
  yield first;
  const known = new Map(first.vectors.map(({ id, calls }) => [programKey(calls), id]));
  yield part(collectVectors([PRODUCT], { ...context, seed: request.seed }, known));
  for (let seed = request.seed; known.size < LONG_SET_VECTORS; ) {
    const vectors: VectorSet["vectors"][number][] = [];
    for (let left = SEEDS_A_PART; left > 0 && known.size < LONG_SET_VECTORS; left -= 1) {
      seed = (seed + SEED_STRIDE) >>> 0;
      vectors.push(...collectVectors([MIXED, WALK], { ...context, seed }, known));
    }
    yield part(vectors);
  }
}
