import { HINT_OP } from "../../abi/hint-ops.ts";
import type { HintRequest } from "../hint-request.ts";
import { UnmodelledCallError } from "../outcome.ts";
import type { State } from "../state.ts";
import type { Work } from "./carry-out.ts";
import { destinationsOf } from "./destinations.ts";
import { countPages, PAGE_COUNTERS, type PageCounter } from "./page-counts.ts";

/**
 * A hint on memory that the kernel has made for the process: code of the vDSO, which is a part of
 * the kernel's image, and the stack. What a cpuset had moved of the stack may have stayed there.
 */
export function carryOutRegion(state: State, request: HintRequest): readonly Work[] {
  const { op, region } = request;
  if (op === HINT_OP.release) return works(state, ["already"]);
  const isHome = destinationsOf(state, request).map((chosen) => {
    return chosen[state.machine.homeNode] === state.machine.homeNode;
  });
  if (region === "vdso") return works(state, [isHome[0] === true ? "already" : "failed"]);
  if (op === HINT_OP.demote) {
    throw new UnmodelledCallError("the runner's stack stays where it is");
  }
  return works(state, isHome[0] === true ? ["already", "moved"] : ["already", "moved", "skipped"]);
}

/** A hint on one page of which the model knows nothing: it is counted, in one way or another. */
export function carryOutUnknown(state: State, { lenPages }: HintRequest): readonly Work[] {
  if (lenPages !== 1) throw new UnmodelledCallError("a hint on the runner's own memory");
  return works(state, PAGE_COUNTERS);
}

function works(state: State, counters: readonly PageCounter[]): readonly Work[] {
  return counters.map((counter) => ({ counts: countPages([counter]), state }));
}
