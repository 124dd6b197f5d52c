import { describeVector } from "../describe.ts";
import type { VectorSet } from "../vector.ts";

/** The set as C-like text, one program a vector, to be read. */
export function renderCPrograms(set: VectorSet): string {
  const { stage, seed, topology, vectors } = set;
  const origin = `stage ${stage}, seed ${seed}, topology ${topology}`;
  const head = `/* ${vectors.length} vectors: ${origin} */`;
  return [head, "", ...vectors.map(describeVector)].join("\n");
}
