import type { Call } from "../machine/calls.ts";

/** One call of a race, and who makes it. */
export interface RaceCall {
  readonly call: Call;
  /** 0: alone, before or after the others; else the number of a task that runs beside others. */
  readonly task: number;
}

/** Calls that several tasks make at once, between calls that are made alone. */
export interface Race {
  /** Kebab-case, from the contents. */
  readonly id: string;
  /** Tasks with an address space of their own, or threads of one process. */
  readonly tasks: "threads" | "processes";
  readonly calls: readonly RaceCall[];
}

/** A call with when it was made and when it returned, on one clock for all tasks. */
export interface RaceEvent extends RaceCall {
  readonly invokedAt: number;
  readonly returnedAt: number;
  readonly ret: number;
  readonly out: Uint8Array;
}
