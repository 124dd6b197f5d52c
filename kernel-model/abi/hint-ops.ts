/** The operations of HINT, by the number that `hbf_hint.op` carries. */
export const HINT_OP = { prefetch: 1, promote: 2, demote: 3, release: 4 } as const;

/** Name of an operation of HINT. */
export type HintOpName = keyof typeof HINT_OP;

/** The operations in the order of their numbers. */
export const HINT_OP_NAMES: readonly HintOpName[] = ["prefetch", "promote", "demote", "release"];

/** `target_nid` that leaves the choice of the node to the kernel. */
export const NID_AUTO = -1;

/** `hbf_caps.ops`: bit `1 << op` for each operation. */
export const HINT_OPS_MASK = HINT_OP_NAMES.reduce((mask, name) => mask | (1 << HINT_OP[name]), 0);
