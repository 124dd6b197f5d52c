import { HINT_OP_NAMES, type HintOpName, NID_AUTO } from "../abi/hint-ops.ts";
import { HBF_HINT } from "../abi/structs/hbf_hint.ts";
import type { Call, IoctlCall } from "../machine/calls.ts";
import type { Machine } from "../machine/params.ts";
import { hintOf } from "./hint-at.ts";
import { arenaAddress, validSpec } from "./hint-spec.ts";

/** What a hint asks for: an operation, and where to. */
export interface Wish {
  /** Kebab-case, unique. */
  readonly name: string;
  readonly op: HintOpName;
  readonly targetNid: number;
}

/** Every operation with each target that it can have on a machine. */
export function wishesOf({ nodes }: Machine): readonly Wish[] {
  return HINT_OP_NAMES.flatMap((op): readonly Wish[] => {
    const auto = { name: op, op, targetNid: NID_AUTO };
    if (op === "release") return [auto];
    const fitting = nodes.flatMap(({ hasMemory, topTier }, targetNid) =>
      hasMemory && topTier === (op !== "demote")
        ? [{ name: `${op}-to-${targetNid}`, op, targetNid }]
        : [],
    );
    return [auto, ...fitting];
  });
}

/** A hint that has room for all results, on the file in slot 0. */
export function pageHint(wish: Omit<Wish, "name">, page: number, npages: number): IoctlCall {
  return hintOf(0, {
    ...validSpec(wish.op),
    targetNid: wish.targetNid,
    size: HBF_HINT.size,
    // A byte that is zero anyway makes the payload as long as the struct.
    bytes: { [HBF_HINT.size - 1]: 0 },
    start: arenaAddress(page),
    len: BigInt(npages * 4096),
  });
}

/** What shows where pages are and that their contents are as they were. */
export function askPages(page: number, npages: number): readonly Call[] {
  return [
    { op: "where", page, npages },
    { op: "read", page, npages, nid: -1 },
  ];
}
