import { join } from "node:path";
import type { Topology, Vector } from "../../kernel-model/index.ts";
import type { Finding } from "../../tools/lib/verify/outcome.ts";
import { DEFAULT_LIMITS } from "../../tools/lib/verify/progress-watch.ts";
import { runVectors, type VectorsEvidence } from "../../tools/lib/verify/run-vectors.ts";
import { mutantOf, withMutant } from "./mutant-vectors.ts";
import type { Mutant } from "./schemata.ts";

/** What is needed to boot guests. */
export interface Lab {
  readonly vmlinux: string;
  readonly version: string;
  readonly initramfs: string;
  readonly topology: Topology;
  readonly seed: number;
  readonly dir: string;
}

/** How a mutant was noticed. */
export interface Kill {
  readonly kind: Finding["kind"];
  /** The vector that noticed it first. */
  readonly vector: string;
}

/** What the rounds showed. */
export interface Score {
  readonly kills: ReadonlyMap<number, Kill>;
  readonly guests: number;
  /** Vectors that were carried out, each with one mutant. */
  readonly runs: number;
}

/** So that an image with its results stays below a guest's memory. */
const VECTORS_OF_GUEST = 40_000;
const LIMITS = { ...DEFAULT_LIMITS, quietMs: 8_000 };
const ORIGINAL = 0;

/** What to run, and which vectors noticed which mutants before. */
export interface ScorePlan {
  readonly mutants: readonly Mutant[];
  readonly rounds: readonly (readonly Vector[])[];
  /** Whether a mutant takes part in the last two rounds, which are long. */
  readonly isOpen: (mutant: Mutant) => boolean;
  /** Of an earlier run: each is asked again, before anything else. */
  readonly before: readonly (readonly [number, Kill])[];
  readonly save: (kills: ScorePlan["before"]) => Promise<void>;
}

/** Runs rounds of vectors with every mutant that no round before has killed. */
export async function scoreMutants(lab: Lab, plan: ScorePlan): Promise<Score> {
  const { mutants, rounds, before } = plan;
  const kills = new Map<number, Kill>();
  let [guests, runs] = [0, 0];
  const boot = async (vectors: readonly Vector[]): Promise<VectorsEvidence> => {
    guests += 1;
    const dir = join(lab.dir, `boot-${guests}`);
    const options = { accel: "tcg", limits: LIMITS, maxRestarts: 0 } as const;
    const evidence = await runVectors({ ...lab, ...options, dir, vectors });
    runs += vectors.length - evidence.notRun;
    return evidence;
  };
  await runRound(earlierKillers(plan), boot, kills);
  console.error(`${kills.size} of ${before.length} known kills are seen again`);
  for (const [index, round] of rounds.entries()) {
    const isLong = index >= rounds.length - 2;
    const alive = mutants.filter((one) => !kills.has(one.id) && (!isLong || plan.isOpen(one)));
    console.error(`round ${index + 1}: ${round.length} vectors, ${alive.length} mutants`);
    const all = [ORIGINAL, ...alive.map(({ id }) => id)].flatMap((id) =>
      round.map((vector) => withMutant(vector, id)),
    );
    await runRound(all, boot, kills);
    console.error(`  ${kills.size} killed, ${guests} guests so far`);
    for (const { id, fn, line, operator, before: old, after } of alive) {
      if (!kills.has(id)) console.error(`  ${id} ${fn}:${line} ${operator}: ${old} > ${after}`);
    }
    // What an earlier run knew is kept until this one is through.
    await plan.save([...new Map([...before, ...kills])]);
  }
  await plan.save([...kills]);
  return { kills, guests, runs };
}

/** Each mutant with the one vector that noticed it in an earlier run. */
function earlierKillers({ rounds, before }: ScorePlan): readonly Vector[] {
  const byId = new Map(rounds.flat().map((vector) => [vector.id, vector]));
  return before.flatMap(([mutant, kill]) => {
    const vector = byId.get(kill.vector);
    return vector === undefined ? [] : [withMutant(vector, mutant)];
  });
}

type Boot = (vectors: readonly Vector[]) => Promise<VectorsEvidence>;

/** Carries vectors with mutants out; a mutant that is noticed takes no further part. */
async function runRound(
  all: readonly Vector[],
  boot: Boot,
  kills: Map<number, Kill>,
): Promise<void> {
  let rest = all;
  while (rest.length > 0) {
    const part = rest.slice(0, VECTORS_OF_GUEST);
    const evidence = await boot(part);
    const done = part.length - evidence.notRun;
    for (const finding of evidence.findings) await judge(finding, all, boot, kills);
    const splat = evidence.findings.find(({ kind }) => kind === "splat")?.vector?.id;
    const isStopped = evidence.notRun > 0;
    if (isStopped && evidence.findings.length === 0) throw new Error("a guest stopped silently");
    // The vector at which a guest stopped is not asked again. A guest complains but once, so
    // that the mutants behind the one which it complained of need another.
    const complained = part.findIndex(({ id }) => id === splat);
    const behind = isStopped ? done + 1 : part.length;
    const next = rest.slice(
      complained >= 0 && kills.has(mutantOf(splat ?? "")) ? complained : behind,
    );
    rest = next.filter(({ id }) => !kills.has(mutantOf(id)));
  }
}

/**
 * Takes a finding as a kill. What disturbs a whole guest may come from a mutant before: it counts
 * only if the mutant alone, in a guest of its own, is noticed too.
 */
async function judge(
  finding: Finding,
  all: readonly Vector[],
  boot: Boot,
  kills: Map<number, Kill>,
): Promise<void> {
  const { kind, vector } = finding;
  if (vector === undefined) throw new Error(`${kind}: ${finding.what}`);
  const id = mutantOf(vector.id);
  if (id === ORIGINAL) throw new Error(`the source as it is fails ${vector.id}: ${finding.what}`);
  if (kills.has(id)) return;
  if (kind === "differs") {
    kills.set(id, { kind, vector: vector.id.slice(`${id}/`.length) });
    return;
  }
  const own = all.filter((one) => mutantOf(one.id) === id);
  const [first] = (await boot(own.slice(0, VECTORS_OF_GUEST))).findings;
  if (first === undefined) return;
  kills.set(id, {
    kind: first.kind,
    vector: (first.vector?.id ?? vector.id).slice(`${id}/`.length),
  });
}
