import { type EvidencePart, type RunJson, verify } from "./runs.ts";

interface RunsOfSeeds {
  readonly runs: readonly RunJson[];
  /** The first seed once more. */
  readonly again: RunJson | undefined;
}

/** The seeds from one to another, with the first once more at the end. */
function raceSeeds(args: readonly string[], from: number, to: number): RunsOfSeeds {
  const runs: RunJson[] = [];
  for (let seed = from; seed <= to; seed += 1) {
    runs.push(...verify([...args, "--seed", `${seed}`]));
  }
  const [again] = verify([...args, "--seed", `${from}`]);
  return { runs, again };
}

/** Calls of two tasks at once; the argument is `STAGE BUILD FIRST-SEED LAST-SEED ROUNDS`. */
export const RACES: EvidencePart = {
  title: "Calls of several tasks at once",
  head: [
    ...["stage", "build", "seeds", "tree", "verdict", "histories that agree"],
    ...["of which calls overlapped", "different results", "the first seed again", "found"],
  ],
  record: (argument = "v2 fast 1 100 1", before) => {
    const [stage = "v2", build = "fast", from = "1", to = "100", rounds = "1"] =
      argument.split(" ");
    const args = ["--stage", stage, "--build", build, "--races", rounds];
    const { runs, again } = raceSeeds(args, Number(from), Number(to));
    const [first] = runs;
    const sum = (count: (run: RunJson) => number | undefined): number =>
      runs.reduce((total, run) => total + (count(run) ?? 0), 0);
    const verdicts = [...new Set(runs.map(({ verdict }) => verdict))].join(", ");
    const overlapping = sum((run) => run.overlapping);
    const races = sum((run) => run.races);
    const isSame =
      again?.consoleHash === first?.consoleHash && again?.resultsHash === first?.resultsHash;
    const found = runs.flatMap(({ findings = [] }) => findings);
    const row = [
      ...[stage, build, `${from} to ${to}`, (first?.treeId ?? "").slice(0, 12), verdicts],
      ...[`${sum((run) => run.linearizable)} of ${races}`],
      `${overlapping} (${Math.round((100 * overlapping) / races)} %)`,
      `${new Set(runs.map((run) => run.resultsHash)).size}`,
      isSame ? "the same console and results, to the byte" : "DIFFERS",
      found[0] === undefined ? "nothing" : `${found.length}: ${found[0].what}`,
    ];
    const isOther = (one: readonly string[]): boolean =>
      one.slice(0, 3).join() !== row.slice(0, 3).join();
    return [...before.filter(isOther), row];
  },
};
