import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Vector } from "../../../kernel-model/index.ts";
import type { ModelMutant } from "./edits.ts";

/** How a mutant of the model fared: the first vector that it gets wrong, or how it broke. */
export type ModelVerdict =
  | { readonly kind: "differs"; readonly vector: string }
  | { readonly kind: "throws" | "hangs" }
  | { readonly kind: "survives" };

/** A model that has not answered all vectors by then stands still; it takes a few seconds. */
const TIMEOUT_MS = 120_000;

/**
 * In a thread of its own, as a mutant may never end. A call agrees when what the kernel answered is
 * among what the changed model allows.
 */
const CHECK = `
const { parentPort, workerData } = require("node:worker_threads");
const { model, stage, vectors } = workerData;
const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);
(async () => {
  const load = (path) => import(new URL(path, model));
  try {
    const { predict } = await load("vectors/predict.js");
    const { createMachine, TOPOLOGIES } = await load("index.js");
    const machine = createMachine(TOPOLOGIES[0], stage);
    for (const { id, calls, answers, digest } of vectors) {
      const { expected, digests } = predict(machine, calls);
      const isLeftSo = digest === undefined || digests?.includes(digest) === true;
      const agrees = isLeftSo && answers.every(({ ret, out }, at) =>
        expected[at].some((one) => one.ret === ret && same(one.out, out)));
      if (!agrees) return parentPort.postMessage({ kind: "differs", vector: id });
    }
    parentPort.postMessage({ kind: "survives" });
  } catch {
    parentPort.postMessage({ kind: "throws" });
  }
})();
`;

/** Copies the compiled model to a folder below `dir`, changes it and asks it. */
export async function runMutant(
  modelDir: string,
  dir: string,
  mutant: ModelMutant | null,
  vectors: readonly Vector[],
): Promise<ModelVerdict> {
  const copy = await mkdtemp(join(dir, "model-"));
  try {
    await cp(modelDir, copy, { recursive: true });
    await writeFile(join(copy, "package.json"), JSON.stringify({ type: "module" }));
    if (mutant !== null) {
      const file = join(copy, mutant.file);
      const code = await readFile(file, "utf8");
      const changed = code.slice(0, mutant.start) + mutant.replacement + code.slice(mutant.end);
      await writeFile(file, changed);
    }
    return await ask(copy, vectors);
  } finally {
    await rm(copy, { recursive: true });
  }
}

/** What a kernel that agrees with the model answered; where it may choose, nothing is recorded. */
function recordedAnswers(vectors: readonly Vector[]): readonly object[] {
  return vectors.flatMap(({ id, calls, expected, digests }) => {
    const answers = expected.flatMap((outcomes) => (outcomes.length === 1 ? outcomes : []));
    return answers.length === calls.length ? [{ id, calls, answers, digest: digests?.[0] }] : [];
  });
}

async function ask(copy: string, vectors: readonly Vector[]): Promise<ModelVerdict> {
  const workerData = {
    model: `${pathToFileURL(copy).href}/`,
    stage: "v2",
    vectors: recordedAnswers(vectors),
  };
  const worker = new Worker(CHECK, { eval: true, workerData });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ModelVerdict>((done) => {
      worker.once("message", done);
      worker.once("error", () => done({ kind: "throws" }));
      timer = setTimeout(() => done({ kind: "hangs" }), TIMEOUT_MS);
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
