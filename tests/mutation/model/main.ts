import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { generateVectors, TOPOLOGIES } from "../../../kernel-model/index.ts";
import { planRounds } from "../mutant-vectors.ts";
import { savedUnder } from "../saved.ts";
import { bundleModel } from "./bundle-model.ts";
import { renderModelPage, type ScoredMutant } from "./render-page.ts";
import { withModelThread } from "./run-mutant.ts";

/*
 * Changes the reference model in one place at a time, and asks whether the run against the kernel
 * would fail: the kernel's answers are those of a kernel that agrees with the model as it is, which
 * `rfckit verify` proves of the shipped one.
 */
const ROOT = resolve(import.meta.dirname, "../../..");
const PAGE = resolve(ROOT, "docs/reference/model-mutation.md");
const STAGE = "v2";
/**
 * A few of each class first: they notice most mutants. So many of each are asked at most, of the
 * 36,000 that there are: a mutant that survives takes a second, and all would take three.
 */
const ROUNDS = [3, 40, 200];
const THREADS = 2;
/** They hold no answer to any call: what is asserted, and what is drawn for people; or v3's. */
const LEFT_OUT = /invariants|render-check-order|machine\/pages\//;

const [topology] = TOPOLOGIES;
if (topology === undefined) throw new Error("the model has no topology");
const set = generateVectors({ stage: STAGE, seed: 1, topology });
const vectors = planRounds(set.vectors, ROUNDS).slice(0, ROUNDS.length).flat();
const model = bundleModel(
  ROOT,
  (file) => /^machine\/|^topology\/tiers/.test(file) && !LEFT_OUT.test(file),
);
const { mutants } = model;
type Verdict = ScoredMutant["verdict"];
const ids = vectors.map(({ id }) => id);
const { before, save } = await savedUnder<readonly [number, Verdict]>([model.code, ...ids]);
const verdicts = new Map<number, Verdict>(before);
const queue = mutants.entries();
const work = (): Promise<void> =>
  withModelThread(model, STAGE, vectors, async (ask) => {
    for (const [index, mutant] of queue) {
      if (!verdicts.has(index)) verdicts.set(index, await ask(mutant));
      if (index % 20 !== 0) continue;
      await save([...verdicts]);
      console.error(`${index} of ${mutants.length}`);
    }
  });
await Promise.all(Array.from({ length: THREADS }, work));
await save([...verdicts]);
const scored = mutants.flatMap((mutant, index): ScoredMutant[] => {
  const verdict = verdicts.get(index);
  return verdict === undefined ? [] : [{ mutant, verdict }];
});
await writeFile(PAGE, renderModelPage(scored, ids.length, set.vectors.length));
console.log(PAGE);
