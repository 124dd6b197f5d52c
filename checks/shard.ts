import type { Check, Cost } from "./contract.ts";

/** One of several parts of a run, on machines of their own; counted from 1. */
export interface Shard {
  readonly index: number;
  readonly total: number;
}

const COSTS: readonly Cost[] = ["minutes", "seconds", "instant"];

/**
 * The checks of one shard, in their own order.
 *
 * The split is the same on every machine: checks of one cost are dealt out in turn, the dearest
 * first, so that no shard gets all the builds. Every check is in exactly one shard.
 */
export function checksOfShard<One extends Pick<Check<never>, "id" | "cost">>(
  checks: readonly One[],
  { index, total }: Shard,
): One[] {
  const dealt = COSTS.flatMap((cost) => checks.filter((check) => check.cost === cost));
  const mine = dealt.filter((_, at) => at % total === index - 1);
  return checks.filter((check) => mine.includes(check));
}
