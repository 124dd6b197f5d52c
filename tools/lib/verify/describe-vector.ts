import {
  type Difference,
  formatRet,
  renderProgram,
  type Vector,
} from "../../../kernel-model/index.ts";
import type { Finding, VectorEvidence } from "./outcome.ts";

/** A difference as a finding, with what the model allows and what the kernel did. */
export function describeDifference(difference: Difference): Finding {
  const { vector, step, predicted, observed, details } = difference;
  const allowed = [...new Set(predicted.map(({ ret }) => formatRet(ret)))].join(" or ");
  const evidence = {
    ...identify(vector, step),
    predicted: allowed,
    observed: formatRet(observed.ret),
  };
  return { kind: "differs", what: details.join("; "), consoleLines: [], vector: evidence };
}

/** A call that was made to fail at its n-th fallible step and did something else. */
export function describeFault(difference: Difference, nth: number, what: string): Finding {
  const finding = describeDifference(difference);
  return { ...finding, what: `with fallible step ${nth} of its last call failing, ${what}` };
}

/** A finding of the whole guest, with the vector that was running. */
export function describeStop(finding: Finding, vector: Vector, step: number): Finding {
  const predicted = vector.expected[step] ?? [];
  const allowed = [...new Set(predicted.map(({ ret }) => formatRet(ret)))].join(" or ");
  return {
    ...finding,
    vector: { ...identify(vector, step), predicted: allowed, observed: finding.what },
  };
}

function identify(vector: Vector, step: number): Omit<VectorEvidence, "predicted" | "observed"> {
  const { id, title, rows } = vector;
  return { id, title, rows, program: renderProgram(vector.calls), step };
}
