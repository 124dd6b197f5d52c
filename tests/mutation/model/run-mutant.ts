import { Worker } from "node:worker_threads";
import type { Vector } from "../../../kernel-model/index.ts";
import type { BundledModel } from "./bundle-model.ts";
import type { ModelMutant } from "./edits.ts";

/** How a mutant of the model fared: the first vector that it gets wrong, or how it broke. */
export type ModelVerdict =
  | { readonly kind: "differs"; readonly vector: string }
  | { readonly kind: "throws" | "hangs" }
  /** `isReached` is false for a place that no vector reaches: nothing was asked. */
  | { readonly kind: "survives"; readonly isReached?: false };

/** Asks one changed model after the other. */
export type AskModel = (mutant: ModelMutant) => Promise<ModelVerdict>;

/** A model that answers fewer vectors than these in that time stands still; they take 0.05 s. */
const TOLD_AFTER_VECTORS = 500;
const TIMEOUT_MS = 60_000;

/**
 * In a thread of its own, as a mutant may never end. It is given the vectors once. A call agrees
 * when what the kernel answered is among what the changed model allows. With the model as it is,
 * the thread tells which parts of the text were never reached.
 */
const CHECK = `
const { parentPort, workerData } = require("node:worker_threads");
const { Session } = require("node:inspector");
const { Script } = require("node:vm");
const { stage, vectors, toldAfter } = workerData;
const HEAD = "(function (exports, module) {";
const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);
const ask = (code) => {
  const model = {};
  const script = new Script(HEAD + code + "})", { filename: "model.js" });
  script.runInThisContext()(model, { set exports(value) { model.own = value; } });
  const { predict, createMachine, TOPOLOGIES } = model.own ?? model;
  const machine = createMachine(TOPOLOGIES[0], stage);
  for (const [index, { id, calls, answers, digest }] of vectors.entries()) {
    if (index % toldAfter === 0) parentPort.postMessage({ kind: "works" });
    const { expected, digests } = predict(machine, calls);
    const isLeftSo = digest === undefined || digests?.includes(digest) === true;
    const agrees = isLeftSo && answers.every(({ ret, out }, at) =>
      expected[at].some((one) => one.ret === ret && same(one.out, out)));
    if (!agrees) return { kind: "differs", vector: id };
  }
  return { kind: "survives" };
};
const unreached = (code) => {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: false, detailed: true });
  const { kind } = ask(code);
  let ranges = [];
  session.post("Profiler.takePreciseCoverage", (_, { result }) => {
    const { functions } = result.find(({ url }) => url === "model.js");
    ranges = functions.flatMap((one) => one.ranges).map(({ startOffset, endOffset, count }) =>
      ({ start: startOffset - HEAD.length, end: endOffset - HEAD.length, count }));
  });
  session.post("Profiler.stopPreciseCoverage");
  session.disconnect();
  return { kind: kind === "survives" ? "reached" : kind, ranges };
};
parentPort.on("message", ({ code, isOriginal }) => {
  let verdict = { kind: "throws" };
  try {
    verdict = isOriginal ? unreached(code) : ask(code);
  } catch {}
  parentPort.postMessage(verdict);
});
`;

/** A part of the text, and how often it was reached; the innermost of them counts. */
interface Range {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

type Told = ModelVerdict | { readonly kind: "reached"; readonly ranges: readonly Range[] };

/** What a kernel that agrees with the model answered; where it may choose, nothing is recorded. */
function recordedAnswers(vectors: readonly Vector[]): readonly object[] {
  return vectors.flatMap(({ id, calls, expected, digests }) => {
    const answers = expected.flatMap((outcomes) => (outcomes.length === 1 ? outcomes : []));
    return answers.length === calls.length ? [{ id, calls, answers, digest: digests?.[0] }] : [];
  });
}

/** Gives a thread to `use`, which asks it; it is ended afterwards, and replaced when it hangs. */
export async function withModelThread(
  { code }: BundledModel,
  stage: string,
  vectors: readonly Vector[],
  use: (ask: AskModel) => Promise<void>,
): Promise<void> {
  const recorded = recordedAnswers(vectors);
  const workerData = { stage, vectors: recorded, toldAfter: TOLD_AFTER_VECTORS };
  const start = (): Worker => new Worker(CHECK, { eval: true, workerData });
  let worker = start();
  try {
    const original = await tell(worker, { code, isOriginal: true });
    if (original.kind !== "reached") throw new Error(`the model itself: ${original.kind}`);
    await use(async (mutant) => {
      if (!isReached(original.ranges, mutant)) return { kind: "survives", isReached: false };
      const verdict = await tell(worker, { code: changed(code, mutant), isOriginal: false });
      if (verdict.kind === "hangs") {
        await worker.terminate();
        worker = start();
      }
      if (verdict.kind === "reached") throw new Error("it was not asked for that");
      return verdict;
    });
  } finally {
    await worker.terminate();
  }
}

function isReached(ranges: readonly Range[], { start }: ModelMutant): boolean {
  const around = ranges.filter((range) => range.start <= start && start < range.end);
  return around.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0]?.count !== 0;
}

function changed(code: string, { start, end, replacement }: ModelMutant): string {
  return code.slice(0, start) + replacement + code.slice(end);
}

async function tell(
  worker: Worker,
  order: { readonly code: string; readonly isOriginal: boolean },
): Promise<Told> {
  worker.postMessage(order);
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Told>((done, fail) => {
      const wait = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => done({ kind: "hangs" }), TIMEOUT_MS);
      };
      worker.on("message", (told: Told | { readonly kind: "works" }) =>
        told.kind === "works" ? wait() : done(told),
      );
      worker.once("error", fail);
      wait();
    });
  } finally {
    clearTimeout(timer);
    // By name: a worker has listeners of its own, without which it never hears anything again.
    worker.removeAllListeners("message").removeAllListeners("error");
  }
}
