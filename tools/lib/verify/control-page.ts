import type { SetupStep } from "../../../kernel-model/index.ts";
import type { GuestDuty } from "../build/kernel-builds.ts";
import { ToolError } from "../error.ts";

/** Where things are in the shared range; bytes from its start. */
export interface SharedLayout {
  readonly imageOffset: number;
  readonly imageBytes: number;
  readonly resultsOffset: number;
  readonly resultsBytes: number;
  readonly factsOffset: number;
  readonly factsBytes: number;
  /** What the guest maps as device memory. */
  readonly scratchOffset: number;
  readonly scratchBytes: number;
  /** Files that init hands over at the end. */
  readonly extrasOffset: number;
  readonly extrasBytes: number;
  /** Where init puts its own code when it has started. */
  readonly codeOffset: number;
  readonly codeBytes: number;
  readonly totalBytes: number;
}

/** What init is told besides where things are. */
export interface Orders {
  readonly duties: readonly GuestDuty[];
  /** Whether init starts as soon as it is ready, or waits for the word. */
  readonly go: boolean;
  /** What it does before it looks at the nodes; nothing unless told. */
  readonly steps?: readonly SetupStep[];
  /** Facts that init has to find, one a line, before it carries a vector out. */
  readonly expected: string;
  /** Who makes the calls, by number; root unless told. */
  readonly callerCode?: number;
}

/**
 * How far init got. `none`: it has not mapped the range. `ending`: vectors have run, and it looks
 * for leaks and collects what it hands over.
 */
export type RunnerState = "none" | "started" | "running" | "done" | "failed" | "ending";

/** The part of the control page that init writes. */
export interface RunnerProgress {
  readonly state: RunnerState;
  /** 0-based vector and call that run, or ran last. */
  readonly vector: number;
  readonly step: number;
  /** Complete results, and their bytes. */
  readonly nrResults: number;
  readonly resultBytes: number;
  readonly factsBytes: number;
  /** Grows with every record, and with every step at the end. */
  readonly beats: number;
  readonly extrasBytes: number;
  /** Ready, and waiting for the word to go. */
  readonly isParked: boolean;
}

/** `RFCK_CONTROL_MAGIC` of tools/guest/control.h. */
const MAGIC = 0x314c525443464352n;
const STATES: readonly RunnerState[] = ["none", "started", "running", "done", "failed", "ending"];
/** What the host writes; the rest of the page is init's. */
export const HOST_BYTES = 128;
const GUEST_PART = HOST_BYTES;
export const CONTROL_BYTES = 4096;
/** Where the word to go is. */
export const GO_OFFSET = 96;
/** `RFCK_STEPS_OFF` and `RFCK_STEPS_CAP` of tools/guest/control.h. */
const STEPS_OFFSET = 2048;
const STEPS_BYTES = 2048;
/** `RFCK_DUTY_*` of tools/guest/control.h. */
const DUTY_BITS: Readonly<Record<GuestDuty, bigint>> = {
  coverage: 1n,
  leaks: 2n,
  lockdep: 4n,
  faults: 8n,
  watchpoints: 16n,
};

/** Writes the control page as init finds it. */
export function encodeControl(layout: SharedLayout, orders: Orders, little = true): Uint8Array {
  const page = new Uint8Array(CONTROL_BYTES);
  const view = new DataView(page.buffer);
  const words = [
    ...[layout.imageOffset, layout.imageBytes, layout.resultsOffset, layout.resultsBytes],
    ...[layout.factsOffset, layout.factsBytes, layout.scratchOffset, layout.scratchBytes],
    ...[layout.extrasOffset, layout.extrasBytes],
  ].map(BigInt);
  words.push(orders.duties.reduce((bits, duty) => bits | DUTY_BITS[duty], 0n));
  words.push(orders.go ? 1n : 0n);
  words.push(BigInt(orders.callerCode ?? 0));
  words.push(BigInt(layout.codeOffset), BigInt(layout.codeBytes));
  view.setBigUint64(0, MAGIC, little);
  for (const [index, word] of words.entries()) {
    view.setBigUint64(8 + index * 8, word, little);
  }
  const steps = (orders.steps ?? []).map(stepLine).join("");
  const texts = new TextEncoder().encode(`${steps}\0${orders.expected}\0`);
  if (texts.length > STEPS_BYTES) throw new RangeError("the steps have no room");
  page.set(texts, STEPS_OFFSET);
  return page;
}

/** A step as tools/guest/steps.c reads it. */
function stepLine(step: SetupStep): string {
  if ("read" in step) return `r ${step.read} ${step.path}\n`;
  return "write" in step ? `w ${step.write} ${step.path}\n` : `t ${step.wait} ${step.path}\n`;
}

/**
 * Reads what init wrote, at any moment of its life.
 *
 * @throws ToolError `control-page-damaged` (infra) when the page is not one of ours
 */
export function decodeProgress(page: Uint8Array, little = true): RunnerProgress {
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const state = STATES[view.getUint32(GUEST_PART, little)];
  if (view.getBigUint64(0, little) !== MAGIC || state === undefined) {
    throw new ToolError("the guest destroyed the control page of the shared range", {
      kind: "infra",
      code: "control-page-damaged",
    });
  }
  return {
    state,
    vector: view.getUint32(GUEST_PART + 4, little),
    step: view.getUint32(GUEST_PART + 8, little),
    nrResults: view.getUint32(GUEST_PART + 12, little),
    resultBytes: Number(view.getBigUint64(GUEST_PART + 16, little)),
    factsBytes: Number(view.getBigUint64(GUEST_PART + 24, little)),
    beats: Number(view.getBigUint64(GUEST_PART + 32, little)),
    extrasBytes: Number(view.getBigUint64(GUEST_PART + 40, little)),
    isParked: view.getUint32(GUEST_PART + 48, little) === 1,
  };
}
