import { HINT_OP_NAMES } from "../../abi/hint-ops.ts";
import type { Machine } from "../../machine/params.ts";
import type { VectorClass } from "../class.ts";
import { type Fault, faultsOfStage } from "../faults.ts";
import { type HintSpec, specCalls, validSpec } from "../hint-spec.ts";
import { createPrng } from "../prng.ts";
import type { VectorDraft } from "../vector.ts";

const COUNT = 2000;
/** Keeps this class's streams apart from those of the others. */
const STREAM = 0x6d697865;

/** Three to six faults at once, at random. */
export const MIXED: VectorClass = {
  name: "mixed",
  title: "random heaps of three to six faults",
  random: true,
  generate: ({ machine, seed }) => {
    const faults = namedFaults(machine);
    return Array.from({ length: COUNT }, (_, index): VectorDraft => {
      const prng = createPrng(STREAM, seed, index);
      const op = prng.pick(HINT_OP_NAMES);
      let spec: HintSpec = validSpec(op);
      const names: string[] = [];
      for (let left = 3 + prng.below(4); left > 0; left -= 1) {
        const { name, apply } = prng.pick(prng.pick(faults));
        const next = apply(spec, machine);
        if (next === null) continue;
        spec = next;
        names.push(name);
      }
      const title = `${op}: ${names.join(", ")}`;
      return { id: `mixed-${seed}-${index}`, title, calls: specCalls(spec) };
    });
  },
};

interface NamedFault {
  readonly name: string;
  readonly apply: Fault["apply"];
}

/** By row, so that rows are equally likely, however many faults they have. */
function namedFaults({ stage }: Machine): readonly (readonly NamedFault[])[] {
  return faultsOfStage(stage).map(([row, faults]) =>
    faults.map(({ id, apply }) => ({ name: `${row} (${id})`, apply })),
  );
}
