import { HINT_OP_NAMES } from "../../abi/hint-ops.ts";
import type { VectorClass } from "../class.ts";
import { FAULTS } from "../faults.ts";
import { type HintSpec, specCalls, validSpec } from "../hint-spec.ts";
import type { VectorDraft } from "../vector.ts";

/** Every row alone, on every op, and a twin that differs in that one field and gets past it. */
export const SINGLE: VectorClass = {
  name: "single",
  title: "every row alone, and its twin that gets past the row",
  generate: ({ machine }) =>
    HINT_OP_NAMES.flatMap((op) => {
      const valid = validSpec(op);
      const baseId = `single-valid-${op}`;
      const base = draft(baseId, `a valid ${op}`, valid);
      const faults = Object.entries(FAULTS).flatMap(([row, variants]) =>
        variants.flatMap((fault): VectorDraft[] => {
          const id = `single-${row}-${fault.id}-${op}`;
          const spec = fault.apply(valid, machine);
          if (spec === null) return [];
          const passing = fault.twin?.(valid, machine) ?? null;
          const title = `${op}: ${row} alone (${fault.id})`;
          if (passing === null) return [{ ...draft(id, title, spec), twin: baseId }];
          const twinTitle = `${op}: just past ${row} (${fault.id})`;
          const twin = draft(`${id}-twin`, twinTitle, passing);
          return [{ ...draft(id, title, spec), twin: twin.id }, twin];
        }),
      );
      return [base, ...faults];
    }),
};

function draft(id: string, title: string, spec: HintSpec): VectorDraft {
  return { id, title, calls: specCalls(spec) };
}
