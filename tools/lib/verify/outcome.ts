import type { SplatKind } from "./console-scan.ts";

/**
 * What a run can come to. Only `pass` is a pass.
 *
 * - `differs`: a call gave another outcome than the model allows
 * - `splat`: the kernel complained, or became tainted, and went on
 * - `panic`, `hang`, `guest-oom`: the kernel stopped, stood still, ran out of memory
 * - `runner-killed`: a signal ended init, and with it the kernel, which complains of nothing else;
 *   or a process of init
 * - `qemu-died`: QEMU ended on its own account or was killed
 * - `truncated`: results are missing, damaged or out of order
 * - `wrong-kernel`, `wrong-topology`, `wrong-caller`: the guest is not the one that was asked for
 * - `runner-failed`: init gave up because of something in its own world
 * - `boot-timeout`: init never reported
 */
export type OutcomeKind =
  | "pass"
  | "differs"
  | "splat"
  | "panic"
  | "hang"
  | "guest-oom"
  | "runner-killed"
  | "qemu-died"
  | "truncated"
  | "wrong-kernel"
  | "wrong-topology"
  | "wrong-caller"
  | "runner-failed"
  | "boot-timeout";

/** Something that keeps a run from passing. */
export interface Finding {
  readonly kind: Exclude<OutcomeKind, "pass">;
  /** Of a splat: what the kernel complains of. */
  readonly splat?: SplatKind;
  /** One line. */
  readonly what: string;
  /** Of the guest's console; empty when it says nothing. */
  readonly consoleLines: readonly string[];
  /** The vector that shows it, if one does. */
  readonly vector?: VectorEvidence;
}

/** One vector with what was predicted and what was observed. */
export interface VectorEvidence {
  readonly id: string;
  readonly title: string;
  /** The rows of the order of checks that its last call violates. */
  readonly rows: readonly string[];
  /** One line for each call. */
  readonly program: readonly string[];
  /** 0-based call that shows the finding. */
  readonly step: number;
  readonly predicted: string;
  readonly observed: string;
}

const INFRASTRUCTURE: readonly OutcomeKind[] = [
  ...(["qemu-died", "boot-timeout", "runner-failed"] as const),
  ...(["wrong-kernel", "wrong-topology", "wrong-caller"] as const),
];

/** Outcomes after which the vectors that follow need a fresh guest. */
export function isStop(kind: OutcomeKind | undefined): boolean {
  return kind !== undefined && STOPS.includes(kind);
}

const STOPS: readonly OutcomeKind[] = ["panic", "hang", "guest-oom", "runner-killed"];

/** Outcomes for which our machine is to blame before the kernel is. */
export function isInfrastructure(kind: OutcomeKind): boolean {
  return INFRASTRUCTURE.includes(kind);
}
