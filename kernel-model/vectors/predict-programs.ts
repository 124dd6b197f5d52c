import { createMachine } from "../machine/params.ts";
import type { VectorRequest } from "./generate.ts";
import { predict } from "./predict.ts";
import type { VectorSet } from "./vector.ts";
import type { DecodedImage } from "./wire/decode-image.ts";

/** Programs of unknown origin as vectors: named by their place, with what the model expects. */
export function predictVectors(request: VectorRequest, image: DecodedImage): VectorSet {
  const { stage, topology } = request;
  const machine = createMachine(topology, stage);
  const vectors = image.programs.map((calls, index) => ({
    id: `file-${index}`,
    title: `vector ${index} of a file`,
    className: "file",
    calls,
    ...predict(machine, calls),
  }));
  return { stage, seed: image.seed, topology: topology.name, vectors };
}
