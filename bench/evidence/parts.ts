import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CALLERS, findCaller } from "../../kernel-model/index.ts";
import { time } from "../measure.ts";
import { CONTROLS, type Control } from "./controls.ts";
import { reasonFor, uncoveredAt } from "./coverage-reasons.ts";
import { type EvidencePart, type Rows, type RunJson, recordRuns, rfckit, verify } from "./runs.ts";

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
function describe({ treeId }: RunJson, { path, lines }: CoveredFile): Rows {
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

const CONTROL_PART: EvidencePart = {
  title: "Seeded defects",
  head: ["defect", "build", "told as", "first line"],
  record: (names) =>
    CONTROLS.filter(({ name }) => names === undefined || names.split(",").includes(name)).map(
      recordControl,
    ),
};

function recordControl(control: Control): readonly string[] {
  const dir = mkdtempSync(join(tmpdir(), "rfckit-control-"));
  try {
    const patch = join(dir, "defect.patch");
    writeFileSync(patch, control.patch(seriesFile()));
    const args = [
      "--no-cache",
      "--no-shrink",
      "--sample",
      "40",
      "--build",
      control.build,
      "--patch",
      patch,
    ];
    const [run] = verify(args);
    const found = run?.findings?.find(({ splat }) => splat === control.splat) ?? run?.findings?.[0];
    const told = found === undefined ? "nothing" : (found.splat ?? found.kind);
    const isRight = told === control.splat ? told : `${told}, not ${control.splat}`;
    return [control.name, control.build, isRight, found?.what ?? ""];
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function seriesFile(): string {
  const tree = rfckit(["kernel", "get", "--print-path"]).stdout.trim();
  return time("git", ["-C", tree, "show", "refs/rfckit/mails/hbf/v1:mm/hbf.c"]).stdout;
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

const RACES: EvidencePart = {
  title: "Calls of several tasks at once",
  head: [
    "stage",
    "build",
    "seed",
    "histories that agree",
    "calls overlapped",
    "console",
    "results",
  ],
  record: (argument = "v2 fast 1 1", before) => {
    const [stage = "v2", build = "fast", seed = "1", rounds = "1"] = argument.split(" ");
    const args = ["--stage", stage, "--build", build, "--seed", seed, "--races", rounds];
    const [run] = verify(args);
    const hash = (text: string | undefined): string => (text ?? "").slice(0, 12);
    const agree = `${run?.linearizable ?? 0} of ${run?.races ?? 0}`;
    const hashes = [hash(run?.consoleHash), hash(run?.resultsHash)];
    return [...before, [stage, build, seed, agree, `${run?.overlapping ?? 0}`, ...hashes]];
  },
};

const STEADY: EvidencePart = {
  title: "The default suite again and again",
  head: ["runs", "verdicts", "vectors that agree, in each"],
  record: (argument = "10", before) => {
    const counts = new Map<string, number>();
    let runs = Number(before[0]?.[0] ?? 0);
    for (const part of (before[0]?.[1] ?? "").split(", ")) {
      const [, count, verdict] = /^(\d+) (\w+)$/.exec(part) ?? [];
      if (count !== undefined && verdict !== undefined) counts.set(verdict, Number(count));
    }
    let agree = before[0]?.[2] ?? "";
    for (let index = 0; index < Number(argument); index += 1) {
      const [run] = verify(["--no-cache", "--no-shrink"]);
      const verdict = run?.verdict ?? "error";
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
      agree = `${run?.agreeingVectors} of ${run?.totalVectors}`;
      runs += 1;
    }
    const verdicts = [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(", ");
    return [[`${runs}`, verdicts, agree]];
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
  callers: CALLERS_PART,
  controls: CONTROL_PART,
  races: RACES,
  steady: STEADY,
};
