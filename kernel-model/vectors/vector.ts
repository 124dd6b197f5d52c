import type { Stage } from "../abi/stage.ts";
import type { Call } from "../machine/calls.ts";
import type { Machine } from "../machine/params.ts";

/** One allowed observation of a call. */
export interface ExpectedOutcome {
  readonly ret: number;
  readonly out: Uint8Array;
}

/** What a vector generator writes: the model adds what is expected. */
export interface VectorDraft {
  /** Kebab-case, from the contents, never from the position. */
  readonly id: string;
  /** One line: what it pins. */
  readonly title: string;
  readonly calls: readonly Call[];
  /** Id of the vector that differs in one field only and gets past the row. */
  readonly twin?: string;
}

/** A test: calls from a fresh context, and what the kernel may answer to each. */
export interface Vector extends VectorDraft {
  /** The class of vectors that it belongs to. */
  readonly className: string;
  /** Ids of the rows that its last call violates, in the table's order. */
  readonly rows: readonly string[];
  /** Id of the row that answers its last call; null when none does or the model can't tell. */
  readonly answer: string | null;
  /** For each call the allowed observations. */
  readonly expected: readonly (readonly ExpectedOutcome[])[];
  /**
   * Each allowed `stateDigest` after the last call; absent when that call is not the first
   * process's, whose files the runner can ask alone, and from v3 on.
   */
  readonly digests?: readonly number[];
  /** Set when a call leaves the kernel a choice of states: the checker then follows these. */
  readonly choiceOn?: Machine;
}

/** Vectors with what they were made from. */
export interface VectorSet {
  readonly stage: Stage;
  readonly seed: number;
  readonly topology: string;
  readonly vectors: readonly Vector[];
}
