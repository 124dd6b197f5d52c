import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  declaredProgram,
  faultOfCommandLine,
  rfckitCalls,
} from "../tools/cli/help/declared-program.ts";
import { createGateReport } from "../tools/cli/reporters/gate-report.ts";
import { renderText } from "../tools/cli/reporters/text.ts";
import { GOOD_CHECKPATCH, makeGateTree, reportOf, rfckitHere } from "./support/gate-tree.ts";
import { ROOT } from "./support/markdown.ts";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const WORKFLOWS = [".github/workflows/gate.yml", "examples/github-matrix.yml"];
const ALL = [...WORKFLOWS, ".github/actions/ready/action.yml", ".pre-commit-hooks.yaml"];

describe("files for CI", () => {
  test.each(ALL)("%s is YAML, and the commands in it exist", (file) => {
    expect(parse(read(file))).toBeTruthy();
    const program = declaredProgram();
    const text = read(file)
      .replaceAll("\\\n", " ")
      .replaceAll(/bin\/rfckit\.js"/g, "rfckit")
      .replaceAll(/\$\{\{[^}]*\}\}/g, "1");
    const calls = rfckitCalls(text).filter(([first]) => /^[a-z]+$/.test(first ?? ""));
    expect(calls.flatMap((words) => faultOfCommandLine(program, words) ?? [])).toEqual([]);
    expect(calls.length).toBeGreaterThan(0);
  });

  test.each(WORKFLOWS)("%s: every step does one thing, and its job may only read", (file) => {
    const { jobs, permissions } = parse(read(file)) as {
      jobs: Record<string, { steps: Record<string, unknown>[] }>;
      permissions: unknown;
    };
    expect(permissions).toEqual({ contents: "read" });
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    expect(steps.filter((step) => "run" in step === "uses" in step)).toEqual([]);
  });

  test("the matrix runs each shard once, and merges all of them", () => {
    const text = read("examples/github-matrix.yml");
    const { jobs } = parse(text) as {
      jobs: { shard: { strategy: { matrix: { index: number[] } } } };
    };
    const { index } = jobs.shard.strategy.matrix;
    expect(index).toEqual(Array.from(index, (_, at) => at + 1));
    expect(text).toContain(`--shard \${{ matrix.index }}/${index.length} `);
    expect(text).toContain(index.map((one) => `shard-${one}.json`).join(" "));
  });

  test("text of an input is no part of a script of the action", () => {
    const { runs } = parse(read(".github/actions/ready/action.yml")) as {
      runs: { steps: { run: string }[] };
    };
    for (const step of runs.steps) expect(step.run).not.toContain("${{");
  });

  test("the problem matcher reads every finding of the text output", () => {
    const { problemMatcher } = JSON.parse(read(".github/rfckit-matcher.json")) as {
      problemMatcher: { pattern: [{ regexp: string } & Record<string, number>] }[];
    };
    const [{ regexp = "", ...groups } = {}] = problemMatcher[0]?.pattern ?? [];
    const finding = (severity: "error" | "warning" | "info", file: string) => {
      const what = "a [thing]: with: colons";
      return { id: "a01-x", severity, what, why: "", place: { file, line: 3, column: 9 } };
    };
    const diagnostics = [finding("error", "a b.patch"), finding("warning", "c:d.patch")];
    const result = { verdict: { kind: "fail" }, diagnostics, summary: "2" } as const;
    const check = { id: "a01-x", title: "", why: "", source: "" };
    const text = renderText(
      createGateReport([{ check, result, fromCache: false, durationMs: 0 }], {
        rfckit: "0",
        profile: { name: "rfc", isWhole: true },
        series: { name: "a", stage: "b", base: "", judgedAs: "series", patches: [] },
        verdict: "not-ready",
      }),
    );
    const matched = text.split("\n").flatMap((line) => {
      const match = new RegExp(regexp).exec(line);
      if (match === null) return [];
      return [Object.fromEntries(Object.entries(groups).map(([name, at]) => [name, match[at]]))];
    });
    const common = { line: "3", column: "9", message: "a [thing]: with: colons", code: "a01-x" };
    expect(matched).toEqual([
      { ...common, file: "a b.patch", severity: "error" },
      { ...common, file: "c:d.patch", severity: "warning" },
    ]);
  });
});

describe("the Slurm script", () => {
  let root = "";
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "rfckit-slurm-"));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  test("its shards merged are the whole", async () => {
    const files = { "mm/a.c": "int a;\nint b;\n" };
    const commit = { message: "mm: add b\n\nBecause.\n\nChange-Id: I01", files };
    const tree = await makeGateTree([commit], GOOD_CHECKPATCH, root);
    const what = ["--tree", tree, "--range", "base..topic", "--profile", "quick"];
    const sbatch = (args: string[], task: string) => {
      const env = {
        ...process.env,
        XDG_CACHE_HOME: join(root, "cache"),
        RFCKIT: `${process.execPath} ${join(ROOT, "bin/rfckit.js")}`,
        REPORTS: join(root, "reports"),
        ARGUMENTS: what.join(" "),
        SLURM_ARRAY_TASK_ID: task,
        SLURM_ARRAY_TASK_COUNT: "2",
      };
      try {
        const script = [join(ROOT, "examples/slurm-array.sh"), ...args];
        execFileSync("bash", script, { cwd: ROOT, env, stdio: "pipe" });
        return 0;
      } catch (error) {
        return (error as { status: number }).status;
      }
    };
    expect([sbatch([], "1"), sbatch([], "2")]).toContain(1);
    expect(sbatch(["merge"], "")).toBe(1);
    const reports = [1, 2].map((at) => join(root, "reports", `shard-${at}.json`));
    const merged = reportOf(
      await rfckitHere(tree, ["report", "merge", "--format", "json", ...reports]),
    );
    const whole = reportOf(await rfckitHere(tree, ["ready", ...what, "--format", "json"]));
    const verdicts = (one: typeof whole) => one.checks.map(({ id, verdict }) => [id, verdict]);
    expect(verdicts(merged)).toEqual(verdicts(whole));
  });
});
