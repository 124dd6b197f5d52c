import type { Call } from "../machine/calls.ts";
import { UnmodelledCallError } from "../machine/outcome.ts";
import { createMachine, type Machine } from "../machine/params.ts";
import type { VectorRequest } from "./generate.ts";
import { type Prediction, predict } from "./predict.ts";
import type { VectorSet } from "./vector.ts";
import { type DecodedImage, ImageError } from "./wire/decode-image.ts";

/**
 * Programs of unknown origin as vectors: named by their place, with what the model expects.
 *
 * Throws ImageError for one about which the model says nothing.
 */
export function predictVectors(request: VectorRequest, image: DecodedImage): VectorSet {
  const { stage, topology } = request;
  const machine = createMachine(topology, stage);
  const vectors = image.programs.map((calls, index) => ({
    id: `file-${index}`,
    title: `vector ${index} of a file`,
    className: "file",
    calls,
    ...predictOwn(machine, calls, index),
  }));
  return { stage, seed: image.seed, topology: topology.name, vectors };
}

function predictOwn(machine: Machine, calls: readonly Call[], index: number): Prediction {
  try {
    return predict(machine, calls);
  } catch (error) {
    if (!(error instanceof UnmodelledCallError)) throw error;
    throw new ImageError(`the model says nothing about vector ${index}: ${error.message}`);
  }
}
