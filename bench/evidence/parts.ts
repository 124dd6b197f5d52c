import { CALLERS, findCaller } from "../../kernel-model/index.ts";
import { time } from "../measure.ts";
import { CONTROLS } from "./controls.ts";
import { reasonFor, uncoveredAt } from "./coverage-reasons.ts";
import { PAGE_CASES } from "./page-cases.ts";
import { RACES } from "./races.ts";
import { REPEAT } from "./repeat.ts";
import { type EvidencePart, type Rows, type RunJson, recordRuns, rfckit, verify } from "./runs.ts";
import { STORMS } from "./storms.ts";

function recordCoverage(stage: string): EvidencePart {
  return {
    title: `Coverage of ${stage}`,
    head: ["file and line", "function", "lines", "branches", "code", "why it is not taken"],
    record: () => {
      const runs = verify(["--stage", stage, "--build", "gcov"]);
      return runs.flatMap((run) =>
        (run.coverage?.files ?? []).flatMap((file) => describe(run, file)),
      );
    },
  };
}

type CoveredFile = NonNullable<RunJson["coverage"]>["files"][number];

/** A row for the file, then one for each line with a branch that was never taken. */
function describe({ treeId = "" }: RunJson, { path, lines }: CoveredFile): Rows {
  const share = (all: readonly { count: number }[]): string =>
    `${all.filter(({ count }) => count > 0).length} of ${all.length}`;
  const tree = rfckit(["kernel", "get", "--print-path"]).stdout.trim();
  const source = time("git", ["-C", tree, "show", `${treeId}:${path}`]).stdout.split("\n");
  const branches = lines.flatMap((line) => line.branches);
  const missing = lines.filter(({ count, branches: all }) => {
    return count === 0 || all.some((branch) => branch.count === 0);
  });
  return [
    [path, "", share(lines), share(branches), "", ""],
    ...missing.map(({ line, count, branches: all }) => {
      const at = uncoveredAt(source, line);
      const reached = count === 0 ? "not reached" : "";
      return [`${path}:${line}`, at.fn, reached, share(all), `\`${at.code}\``, reasonFor(at)];
    }),
  ];
}

const CALLERS_PART: EvidencePart = {
  title: "The whole set by other callers",
  head: ["stage", "caller", "who it is", "verdict", "vectors that agree", "found"],
  record: (argument = "v2", before) => {
    const [stage = "v2", ...names] = argument.split(" ");
    const wanted = names.length > 0 ? names : CALLERS.map(({ name }) => name);
    const others = before.filter((row) => row[0] !== stage || !wanted.includes(row[1] ?? ""));
    const rows = wanted.flatMap((name) =>
      verify(["--stage", stage, "--as", name, "--no-shrink"]).map((run) => {
        const [first] = run.findings ?? [];
        const agree = `${run.agreeingVectors ?? 0} of ${run.totalVectors ?? 0}`;
        const found = first === undefined ? "nothing" : `${first.kind}: ${first.what}`;
        return [stage, name, findCaller(name)?.title ?? "", run.verdict, agree, found];
      }),
    );
    return [...others, ...rows].sort((a, b) => (`${a[0]}` < `${b[0]}` ? -1 : 1));
  },
};

/** Every part, in the order of the page. */
export const PARTS: Readonly<Record<string, EvidencePart>> = {
  debug: recordRuns("Build debug", ["--build", "debug"], "two-tiers-hmat,one-node"),
  kcsan: recordRuns("Build kcsan", ["--build", "kcsan"], "two-tiers-hmat"),
  fault: recordRuns("Build fault", ["--build", "fault"], "two-tiers-hmat"),
  topologies: recordRuns("Machines", [], "all"),
  architectures: recordRuns("Architectures", ["--arch", "all"], ""),
  "coverage-v1": recordCoverage("v1"),
  "coverage-v2": recordCoverage("v2"),
  "coverage-v3": recordCoverage("v3"),
  "page-cases": PAGE_CASES,
  callers: CALLERS_PART,
  controls: CONTROLS,
  races: RACES,
  storms: STORMS,
  repeat: REPEAT,
};
