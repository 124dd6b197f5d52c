import { HINT_OP_NAMES } from "../../abi/hint-ops.ts";
import type { VectorClass } from "../class.ts";
import { coveringArray, fullProduct, type Row } from "../covering.ts";
import { specCalls } from "../hint-spec.ts";
import { validSpace } from "../valid-space.ts";
import type { VectorDraft } from "../vector.ts";

const STRENGTH = 3;

/** Inside what is valid no mistake hides another value, so that combinations pay. */
export const TWAY: VectorClass = {
  name: "tway",
  title: "hints without a mistake: every combination of three values",
  generate: ({ machine }) =>
    HINT_OP_NAMES.flatMap((op) => {
      const space = validSpace(op, machine);
      return drafts("tway", space, coveringArray(space.levels, STRENGTH));
    }),
};

/** All of them: a hundred thousand or so, for the long set. */
export const PRODUCT: VectorClass = {
  name: "product",
  title: "hints without a mistake: every combination of all values",
  generate: ({ machine }) =>
    HINT_OP_NAMES.flatMap((op) => {
      const space = validSpace(op, machine);
      return drafts("product", space, fullProduct(space.levels));
    }),
};

function drafts(
  className: string,
  { op, specOf }: ReturnType<typeof validSpace>,
  rows: readonly Row[],
): readonly VectorDraft[] {
  return rows.map((row) => ({
    id: `${className}-${op}-${row.join("-")}`,
    title: `${op}, valid: levels ${row.join(" ")}`,
    calls: specCalls(specOf(row)),
  }));
}
