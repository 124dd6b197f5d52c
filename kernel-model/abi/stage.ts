/** The stages of the series whose userspace behaviour the model knows, oldest first. */
export const STAGES = ["v1", "v2", "v3"] as const;

/** A stage of the ladder: v1 validates only, v2 adds tracepoints and STATS, v3 the backend. */
export type Stage = (typeof STAGES)[number];

/** Whether something that came with `since` exists at `stage`. */
export function isSince(stage: Stage, since: Stage): boolean {
  return STAGES.indexOf(stage) >= STAGES.indexOf(since);
}
