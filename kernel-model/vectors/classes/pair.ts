import { HINT_OP_NAMES, type HintOpName } from "../../abi/hint-ops.ts";
import type { Machine } from "../../machine/params.ts";
import { generatedOnce, type VectorClass } from "../class.ts";
import { type Fault, faultsOfStage } from "../faults.ts";
import { type HintSpec, specCalls, validSpec } from "../hint-spec.ts";
import { predict } from "../predict.ts";
import type { VectorDraft } from "../vector.ts";

/** Every ordered pair of rows violated together: which answers is the order of checks. */
export const PAIR: VectorClass = generatedOnce({
  name: "pair",
  title: "every pair of rows violated together, for the order",
  generate: ({ machine }) => {
    const rows = faultsOfStage(machine.stage);
    return rows.flatMap(([first, firstFaults], index) =>
      rows
        .slice(index + 1)
        .flatMap(([second, secondFaults]) =>
          firstFaults.flatMap((a) =>
            secondFaults.flatMap((b) =>
              HINT_OP_NAMES.flatMap((op) => pairDrafts(machine, op, [first, a], [second, b])),
            ),
          ),
        ),
    );
  },
});

type Choice = readonly [row: string, fault: Fault];

function pairDrafts(
  machine: Machine,
  op: HintOpName,
  [first, a]: Choice,
  [second, b]: Choice,
): readonly VectorDraft[] {
  const valid = validSpec(op);
  const orders = [
    [a, b],
    [b, a],
  ] as const;
  for (const [one, other] of orders) {
    const spec = applyBoth(valid, machine, one, other);
    if (spec === null) continue;
    const calls = specCalls(spec);
    const { rows } = predict(machine, calls);
    if (!rows.includes(first) || !rows.includes(second)) continue;
    const id = `pair-${first}-${a.id}-and-${second}-${b.id}-${op}`;
    return [{ id, title: `${op}: ${first} (${a.id}) with ${second} (${b.id})`, calls }];
  }
  return [];
}

function applyBoth(valid: HintSpec, machine: Machine, one: Fault, other: Fault): HintSpec | null {
  const spec = one.apply(valid, machine);
  return spec && other.apply(spec, machine);
}
