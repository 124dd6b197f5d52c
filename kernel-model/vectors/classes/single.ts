import { HINT_OP_NAMES, type HintOpName } from "../../abi/hint-ops.ts";
import type { Machine } from "../../machine/params.ts";
import { generatedOnce, type VectorClass } from "../class.ts";
import { type Fault, faultsOfStage } from "../faults.ts";
import { type HintSpec, specCalls, validSpec } from "../hint-spec.ts";
import { predict } from "../predict.ts";
import type { VectorDraft } from "../vector.ts";

/** Every row alone, on every op, and a twin that differs in that one field and gets past it. */
export const SINGLE: VectorClass = generatedOnce({
  name: "single",
  title: "every row alone, and its twin that gets past the row",
  generate: ({ machine }) =>
    HINT_OP_NAMES.flatMap((op) => {
      const base = draft(baseId(op), `a valid ${op}`, validSpec(op));
      const faults = faultsOfStage(machine.stage).flatMap(([row, variants]) =>
        variants.flatMap((fault) => faultDrafts(machine, op, row, fault)),
      );
      return [base, ...faults];
    }),
});

function faultDrafts(
  machine: Machine,
  op: HintOpName,
  row: string,
  fault: Fault,
): readonly VectorDraft[] {
  const valid = validSpec(op);
  const spec = fault.apply(valid, machine);
  if (spec === null) return [];
  const id = `single-${row}-${fault.id}-${op}`;
  const { answer, rows } = predict(machine, specCalls(spec));
  const isValid = answer === "not-supported" || (answer === null && rows.length === 0);
  if (isValid) return [draft(id, `${op}: not stopped by ${row}`, spec)];
  if (answer !== row) return [];
  const stopped = draft(id, `${op}: ${row} alone (${fault.id})`, spec);
  const passing = fault.twin?.(valid, machine) ?? null;
  if (passing === null) return [{ ...stopped, twin: baseId(op) }];
  const twin = draft(`${id}-twin`, `${op}: just past ${row} (${fault.id})`, passing);
  return [{ ...stopped, twin: twin.id }, twin];
}

function baseId(op: HintOpName): string {
  return `single-valid-${op}`;
}

function draft(id: string, title: string, spec: HintSpec): VectorDraft {
  return { id, title, calls: specCalls(spec) };
}
