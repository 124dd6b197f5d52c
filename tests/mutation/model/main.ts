import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { generateVectors, TOPOLOGIES, type Vector } from "../../../kernel-model/index.ts";
import { planRounds } from "../mutant-vectors.ts";
import { savedUnder } from "../saved.ts";
import { bundleModel } from "./bundle-model.ts";
import { renderModelPage, type ScoredMutant } from "./render-page.ts";
import { type ModelVerdict, withModelThread } from "./run-mutant.ts";

/*
 * Changes the reference model in one place at a time, and asks whether the run against the kernel
 * would fail: the kernel's answers are those of a kernel that agrees with the model as it is, which
 * `rfckit verify` proves of the shipped one.
 */
const ROOT = resolve(import.meta.dirname, "../../..");
const PAGE = resolve(ROOT, "docs/reference/model-mutation.md");
const STAGE = "v2";
/** A few of each class first: they notice most mutants. A survivor of these is asked all others. */
const ROUNDS = [3, 40, 200];
const THREADS = 2;
/** They hold no answer to any call: what is asserted, and what is drawn for people; or v3's. */
const NO_ANSWERS = /invariants|render-check-order|machine\/pages\//;
/** What machines and callers are like: one of each is asked here, the others by `rfckit verify`. */
const OTHER_MACHINES = /machine\/(?:platform|caller)\./;

const [topology] = TOPOLOGIES;
if (topology === undefined) throw new Error("the model has no topology");
const set = generateVectors({ stage: STAGE, seed: 1, topology });
const planned = planRounds(set.vectors, ROUNDS);
const model = bundleModel(
  ROOT,
  (file) => file.startsWith("machine/") && !NO_ANSWERS.test(file) && !OTHER_MACHINES.test(file),
);
const { mutants } = model;

/** Asks vectors of mutants that are still alive, two at a time, and keeps what was found. */
async function askAll(
  vectors: readonly Vector[],
  alive: readonly number[],
): Promise<ReadonlyMap<number, ModelVerdict>> {
  const places = mutants.map(({ start, replacement }) => `${start} ${replacement}`);
  const words = [model.code, ...places, ...vectors.map(({ id }) => id)];
  const { before, save } = await savedUnder<readonly [number, ModelVerdict]>(words);
  const verdicts = new Map(before);
  const queue = alive.entries();
  const work = (): Promise<void> =>
    withModelThread(model, STAGE, vectors, async (ask) => {
      for (const [at, index] of queue) {
        const mutant = mutants[index];
        if (mutant !== undefined && !verdicts.has(index)) verdicts.set(index, await ask(mutant));
        if (at % 20 !== 0) continue;
        await save([...verdicts]);
        console.error(`${at} of ${alive.length}`);
      }
    });
  await Promise.all(Array.from({ length: THREADS }, work));
  await save([...verdicts]);
  return verdicts;
}

const first = await askAll(planned.slice(0, ROUNDS.length).flat(), [...mutants.keys()]);
const alive = [...first].flatMap(([index, { kind }]) => (kind === "survives" ? [index] : []));
const rest = await askAll(
  planned.slice(ROUNDS.length).flat(),
  alive.toSorted((a, b) => a - b),
);
const scored = mutants.flatMap((mutant, index): ScoredMutant[] => {
  const [before, after] = [first.get(index), rest.get(index)];
  // A place that the first vectors reach, and the others don't, is reached.
  const verdict = isUnreached(after) ? before : (after ?? before);
  return verdict === undefined ? [] : [{ mutant, verdict }];
});

function isUnreached(verdict: ModelVerdict | undefined): boolean {
  return verdict?.kind === "survives" && verdict.isReached === false;
}

await writeFile(PAGE, renderModelPage(scored, set.vectors.length));
console.log(PAGE);
