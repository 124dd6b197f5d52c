import { findTopology } from "../../kernel-model/index.ts";
import { parseBuilds } from "../../tools/lib/build/kernel-builds.ts";
import type { Storm, StormsOutcome } from "../storms/read-storms.ts";
import { runStorms } from "../storms/run-storms.ts";
import type { EvidencePart, Rows } from "./runs.ts";

const DEFAULTS = "debug two-tiers-hmat 1500";

/** Hints of v3 while others change the memory that they are about; see `bench/storms/`. */
export const STORMS: EvidencePart = {
  title: "Storms",
  head: [
    ...["build", "machine", "what others do meanwhile", "threads", "changes", "hints", "refused"],
    ...["interrupted (in the middle)", "pages moved", "wrong"],
  ],
  record: async (argument = DEFAULTS, before = []) => {
    const [name = "", machine = "", ms = ""] = argument.split(" ");
    const [build] = parseBuilds(name);
    const topology = findTopology(machine);
    if (build === undefined || topology === undefined) throw new Error(`no such run: ${argument}`);
    const outcome = await runStorms({ build, topology, ms: Number(ms) });
    const others = before.filter((row) => row[0] !== name || row[1] !== machine);
    return [...others, ...rowsOf(outcome).map((row) => [name, machine, ...row])];
  },
};

/** A row for each kind, then what is about the run as a whole. */
function rowsOf({ storms, full, problems, lockdep }: StormsOutcome): Rows {
  const kinds = [...new Set(storms.map(({ kind }) => kind))];
  const whole = problems.length === 0 ? "nothing" : problems.slice(0, 3).join("; ");
  return [
    ...kinds.map((kind) => rowOf(storms.filter((storm) => storm.kind === kind))),
    ["a full node", "1", "", "1", "0", "0", `${full?.moved ?? 0}; ${full?.failed ?? 0} failed`, ""],
    [
      `the kernel's log, kmemleak; debug_locks ${lockdep} at the end`,
      ...Array.from({ length: 6 }, () => ""),
      whole,
    ],
  ];
}

function rowOf(storms: readonly Storm[]): readonly string[] {
  const sum = (of: (storm: Storm) => number): string =>
    `${storms.reduce((all, storm) => all + of(storm), 0)}`;
  const wrong = storms.find(({ bad }) => bad > 0);
  return [
    storms[0]?.kind ?? "",
    storms.map(({ threads }) => threads).join(", "),
    sum(({ changes }) => changes),
    sum(({ hints }) => hints),
    sum(({ refused }) => refused),
    `${sum(({ interrupted }) => interrupted)} (${sum(({ halfway }) => halfway)})`,
    sum(({ moved }) => moved),
    wrong === undefined ? "nothing" : `${sum(({ bad }) => bad)}, first: ${wrong.why}`,
  ];
}
