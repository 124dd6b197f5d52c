import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { generateVectors, TOPOLOGIES, type Vector } from "../../../kernel-model/index.ts";
import { planRounds } from "../mutant-vectors.ts";
import { editModule, type ModelMutant } from "./edits.ts";
import { renderModelPage, type ScoredMutant } from "./render-page.ts";
import { runMutant } from "./run-mutant.ts";

/*
 * Changes the reference model in one place at a time, and asks whether the run against the kernel
 * would fail: the kernel's answers are those of a kernel that agrees with the model as it is, which
 * `rfckit verify` proves of the shipped one.
 */
const ROOT = resolve(import.meta.dirname, "../../..");
const MODEL = join(ROOT, "dist/kernel-model");
const PAGE = join(ROOT, "docs/reference/model-mutation.md");
const STAGE = "v2";
const ROUNDS = [3, 40];
const AT_ONCE = 2;
/** They hold no answer to any call: what is asserted, and what is drawn for people. */
const LEFT_OUT = /invariants|render-|machine\/trace\./;

const [topology] = TOPOLOGIES;
if (topology === undefined) throw new Error("the model has no topology");
const set = generateVectors({ stage: STAGE, seed: 1, topology });
/** A few of each class first: they notice most mutants, and a thread is soon given them. */
const [first = [], second = [], rest = []] = planRounds(set, ROUNDS);
const few: readonly Vector[] = [...first, ...second];
const vectors: readonly Vector[] = [...few, ...rest];
const names = (await readdir(join(MODEL, "machine"), { recursive: true }))
  .filter((name) => name.endsWith(".js"))
  .map((name) => `machine/${name}`);
const files = [...names, "topology/tiers.js"].filter((name) => !LEFT_OUT.test(name)).toSorted();
const mutants: ModelMutant[] = [];
for (const file of files) {
  mutants.push(...editModule(file, await readFile(join(MODEL, file), "utf8")));
}
const dir = await mkdtemp(join(tmpdir(), "rfckit-model-mutation-"));
try {
  const original = await runMutant(MODEL, dir, null, vectors);
  if (original.kind !== "survives") throw new Error(`the model itself: ${original.kind}`);
  const scored: ScoredMutant[] = [];
  const queue = mutants.entries();
  const work = async (): Promise<void> => {
    for (const [index, mutant] of queue) {
      const early = await runMutant(MODEL, dir, mutant, few);
      const isLeft = early.kind === "survives";
      const verdict = isLeft ? await runMutant(MODEL, dir, mutant, vectors) : early;
      scored[index] = { mutant, verdict };
      if (index % 50 === 0) console.error(`${index} of ${mutants.length}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await writeFile(PAGE, renderModelPage(scored, vectors.length));
  console.log(PAGE);
} finally {
  await rm(dir, { recursive: true, force: true });
}
