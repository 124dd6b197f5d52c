import { readFileSync } from "node:fs";
import { findTopology, generateVectors, type Vector } from "../../kernel-model/index.ts";
import { type EvidencePart, type RunJson, readRuns, verify } from "./runs.ts";

/** Classes of which each vector is a state of pages, a layout, an operation and its target. */
const CLASSES = ["pages", "huge", "forked", "held"] as const;
const STAGE = "v3";

/**
 * How many different cases of page states, layouts and operations were carried out, and agreed.
 * The argument is a list of machines, or a file that `rfckit verify --format json` wrote.
 */
export const PAGE_CASES: EvidencePart = {
  title: "Cases of pages",
  head: ["build", "machine", "verdict", ...CLASSES, "different cases", "of those as predicted"],
  record: (argument = "two-tiers-hmat", before = []) => {
    const runs = argument.endsWith(".json")
      ? readRuns(readFileSync(argument, "utf8"))
      : verify(["--stage", STAGE, "--topology", argument, "--no-shrink"]);
    const rows = runs.map(rowOf);
    const isRenewed = ([build, machine]: readonly string[]): boolean =>
      rows.some((row) => row[0] === build && row[1] === machine);
    return [...before.filter((row) => !isRenewed(row)), ...rows];
  },
};

function rowOf(run: RunJson): readonly string[] {
  const cases = casesOf(run);
  const differing = new Set(run.findings?.flatMap(({ vector }) => vector?.id ?? []));
  const agreeing = run.verdict === "pass" ? cases : cases.filter(({ id }) => !differing.has(id));
  const isWhole = run.notRunVectors === 0;
  const ofClass = CLASSES.map((name) => cases.filter(({ className }) => className === name));
  return [
    ...[run.build, run.topology, run.verdict],
    ...ofClass.map(({ length }) => `${length}`),
    `${cases.length}`,
    isWhole ? `${agreeing.length}` : "not all were carried out",
  ];
}

/** Those of the run: every so many-th vector of the set. */
function casesOf({ topology: name, sample = 1 }: RunJson): readonly Vector[] {
  const topology = findTopology(name);
  if (topology === undefined) throw new Error(`there is no machine '${name}'`);
  const { vectors } = generateVectors({ stage: STAGE, seed: 1, topology });
  const carriedOut = vectors.filter((_, index) => index % sample === 0);
  return carriedOut.filter(({ className }) => CLASSES.some((one) => one === className));
}
