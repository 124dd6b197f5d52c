import { join } from "node:path";
import type { Vector } from "../../kernel-model/index.ts";
import type { KernelBuild } from "../../tools/lib/build/kernel-builds.ts";
import { DEFAULT_LIMITS } from "../../tools/lib/verify/progress-watch.ts";
import { runVectors } from "../../tools/lib/verify/run-vectors.ts";
import { selectingVector } from "./mutant-vectors.ts";
import type { Mutant } from "./schemata.ts";
import type { Kill, Lab, Score } from "./score.ts";

const LIMITS = { ...DEFAULT_LIMITS, bootMs: 240_000, quietMs: 30_000 };
const ORIGINAL = 0;

/**
 * Asks mutants that no outcome tells apart in a kernel that checks itself: its locks, its memory,
 * and its calls when a step of them fails. It complains but once, so that each has its own guest.
 */
export async function scoreChecked(
  lab: Lab,
  build: KernelBuild,
  mutants: readonly Mutant[],
  vectors: readonly Vector[],
): Promise<Score> {
  const kills = new Map<number, Kill>();
  let [guests, runs] = [0, 0];
  for (const id of [ORIGINAL, ...mutants.map((mutant) => mutant.id)]) {
    const { findings, notRun } = await runVectors({
      ...lab,
      ...{ accel: "tcg", limits: LIMITS, maxRestarts: 0, duties: build.duties },
      ...{ dir: join(lab.dir, `${build.name}-mutant-${id}`), cmdline: build.cmdline },
      vectors: [selectingVector(id), ...vectors],
    });
    guests += 1;
    runs += vectors.length - notRun;
    const [first] = findings;
    if (first === undefined) continue;
    if (id === ORIGINAL) throw new Error(`the source as it is fails: ${first.what}`);
    console.error(`  ${id}: ${first.kind}: ${first.what}`);
    kills.set(id, { kind: first.kind, vector: first.vector?.id ?? "none" });
  }
  return { kills, guests, runs };
}
