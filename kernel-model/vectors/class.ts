import type { Stage } from "../abi/stage.ts";
import type { Machine } from "../machine/params.ts";
import type { VectorDraft } from "./vector.ts";

/** What a generator may use. */
export interface GeneratorContext {
  readonly machine: Machine;
  readonly seed: number;
}

/** A class of vectors. A new one is a file in `classes/` and a line in the registry. */
export interface VectorClass {
  /** Equal to the file name; every id of the class begins with it. */
  readonly name: string;
  /** One line: what the class is for. */
  readonly title: string;
  /** The first stage that has what it tests; absent: all of them. */
  readonly since?: Stage;
  /** Chance may put a call into a draft that the model says nothing about; it is left out then. */
  readonly random?: true;
  readonly generate: (context: GeneratorContext) => readonly VectorDraft[];
}

/** The same class, asked only once for one context: for classes that others build upon. */
export function generatedOnce(vectors: VectorClass): VectorClass {
  const known = new WeakMap<GeneratorContext, readonly VectorDraft[]>();
  return {
    ...vectors,
    generate: (context) => {
      const drafts = known.get(context) ?? vectors.generate(context);
      known.set(context, drafts);
      return drafts;
    },
  };
}
