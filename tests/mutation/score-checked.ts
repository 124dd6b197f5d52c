import { join } from "node:path";
import type { Vector } from "../../kernel-model/index.ts";
import type { GuestDuty, KernelBuild } from "../../tools/lib/build/kernel-builds.ts";
import { DEFAULT_LIMITS } from "../../tools/lib/verify/progress-watch.ts";
import { runVectors } from "../../tools/lib/verify/run-vectors.ts";
import type { SnapshotKey } from "../../tools/lib/verify/snapshot.ts";
import { selectingVector } from "./mutant-vectors.ts";
import type { Mutant } from "./schemata.ts";
import type { Kill, Lab, Score } from "./score.ts";

const LIMITS = { ...DEFAULT_LIMITS, bootMs: 240_000, quietMs: 30_000 };
const ORIGINAL = 0;

/** Mutants that were asked, and null or how one was noticed. */
export type Asked = readonly (readonly [number, Kill | null])[];

/** What to ask, and how far an earlier run got. */
export interface CheckedPlan {
  readonly build: KernelBuild;
  readonly mutants: readonly Mutant[];
  readonly vectors: readonly Vector[];
  /** Each ends with a call that is carried out again, each time with another step failing. */
  readonly failing: readonly Vector[];
  readonly snapshots: SnapshotKey;
  readonly before: Asked;
  readonly save: (asked: Asked) => Promise<void>;
}

/**
 * Asks mutants that no outcome tells apart in a kernel that checks itself, its locks and memory,
 * and makes allocations fail. It complains but once, so that each has its own guests.
 */
export async function scoreChecked(lab: Lab, plan: CheckedPlan): Promise<Score> {
  const { build, vectors, failing, snapshots } = plan;
  const asked = new Map(plan.before);
  let [guests, runs] = [0, 0];
  const boot = async (id: number, all: readonly Vector[], duties: readonly GuestDuty[]) => {
    guests += 1;
    const { findings, notRun } = await runVectors({
      ...lab,
      ...{ accel: "tcg", limits: LIMITS, maxRestarts: 0, duties },
      ...{ snapshots, isOneOfMany: true, cmdline: build.cmdline },
      dir: join(lab.dir, `${build.name}-${guests}-mutant-${id}`),
      vectors: [selectingVector(id), ...all],
    });
    runs += all.length - notRun;
    return findings[0];
  };
  const ask = async (id: number): Promise<Kill | null> => {
    const first =
      (await boot(id, vectors, build.duties)) ??
      (await boot(id, failing, ["faults", ...build.duties]));
    console.error(`  ${id}: ${first === undefined ? "-" : `${first.kind}: ${first.what}`}`);
    if (first !== undefined && id === ORIGINAL) throw new Error("the source as it is fails");
    return first === undefined ? null : { kind: first.kind, vector: first.vector?.id ?? "none" };
  };
  for (const id of [ORIGINAL, ...plan.mutants.map((mutant) => mutant.id)]) {
    if (asked.has(id)) continue;
    asked.set(id, await ask(id));
    await plan.save([...asked]);
  }
  const kills = new Map<number, Kill>();
  for (const { id } of plan.mutants) {
    const kill = asked.get(id);
    if (kill) kills.set(id, kill);
  }
  return { kills, guests, runs };
}
