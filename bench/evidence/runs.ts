import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Timed, time } from "../measure.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const RFCKIT = join(ROOT, "bin/rfckit.js");

/** Rows of the page that one part gives. */
export type Rows = readonly (readonly string[])[];

/** A part of the evidence that is recorded by itself. */
export interface EvidencePart {
  readonly title: string;
  readonly head: readonly string[];
  readonly record: (argument: string | undefined, before: Rows) => Rows | Promise<Rows>;
}

/** What the page needs of `rfckit verify --format json`. */
export interface RunJson {
  readonly verdict: string;
  readonly outcome: string;
  readonly stage: string;
  readonly topology: string;
  readonly arch?: string;
  readonly build: string;
  readonly sample?: number;
  /** None of a run that could not be. */
  readonly treeId?: string;
  /** Of a run that could not be: why. */
  readonly reason?: string;
  readonly totalVectors?: number;
  readonly agreeingVectors?: number;
  readonly notRunVectors?: number;
  readonly assertedOptions?: number;
  readonly guests?: readonly { readonly lockdep?: string; readonly isRestored: boolean }[];
  readonly timings?: { readonly guestsMs: number };
  readonly findings?: readonly {
    readonly kind: string;
    readonly splat?: string;
    readonly what: string;
    readonly vector?: { readonly id: string };
  }[];
  readonly faults?: { readonly injected: number; readonly returned: Record<string, number> };
  readonly coverage?: {
    readonly files: readonly {
      readonly path: string;
      readonly lines: readonly { line: number; count: number; branches: { count: number }[] }[];
    }[];
  };
  readonly consoleHash?: string;
  readonly resultsHash?: string;
  readonly races?: number;
  readonly linearizable?: number;
  readonly overlapping?: number;
}

/** Findings are a result here, and so is a machine that fails. */
const EXPECTED = [0, 1, 3, 4];

/** Runs rfckit without KVM. */
export function rfckit(args: readonly string[]): Timed {
  console.error(`rfckit ${args.join(" ")}`);
  const env = { ...process.env, RFCKIT_ACCEL: "tcg" };
  return time(process.execPath, [RFCKIT, ...args], { env, cwd: ROOT, expected: EXPECTED });
}

/** The runs of one `rfckit verify`. */
export function verify(args: readonly string[]): readonly RunJson[] {
  return readRuns(rfckit(["verify", "--format", "json", ...args]).stdout);
}

/** What `rfckit verify --format json` wrote. */
export function readRuns(text: string): readonly RunJson[] {
  const json = JSON.parse(text) as RunJson & { readonly runs?: readonly RunJson[] };
  return json.runs ?? [json];
}

function describeRun(run: RunJson): readonly string[] {
  const part = run.sample === undefined ? "" : ` (every ${run.sample}th)`;
  const vectors = `${run.agreeingVectors ?? 0} of ${run.totalVectors ?? 0}${part}`;
  const first = run.findings?.[0];
  const found = first === undefined ? "nothing" : `${first.splat ?? first.kind}: ${first.what}`;
  const locks = new Set(run.guests?.map((guest) => guest.lockdep ?? "-"));
  const lockdep = locks.size === 0 ? "-" : [...locks].join(" ");
  const seconds = Math.round((run.timings?.guestsMs ?? 0) / 1000);
  return [
    ...[archOf(run), run.build, run.stage, run.topology, (run.treeId ?? "-").slice(0, 12)],
    ...[run.verdict, vectors, `${seconds} s`, `${run.assertedOptions ?? "-"}`, lockdep],
    `${run.reason ?? found}${describeFaults(run.faults)}`,
  ];
}

const RUN_HEAD = [
  ...["architecture", "build", "stage", "machine", "tree", "verdict", "vectors that agree"],
  ...["guests", "options asserted", "debug_locks at the end", "found"],
];

/**
 * Runs of one kind, for each stage those recorded last. The argument is `STAGE [MACHINES [SAMPLE]]`
 * or the name of a file that `rfckit verify --format json` wrote.
 */
export function recordRuns(
  title: string,
  options: readonly string[],
  machines: string,
): EvidencePart {
  return {
    title,
    head: RUN_HEAD,
    record: (argument = "v1", before = []) => {
      const runs = argument.endsWith(".json")
        ? readRuns(readFileSync(argument, "utf8"))
        : verifyAsked(argument, options, machines);
      const rows = runs.map(describeRun);
      const renewed = new Set(rows.map(keyOf));
      const kept = before.filter((row) => !renewed.has(keyOf(row)));
      return [...kept, ...rows];
    },
  };
}

/** Architecture, build, stage, machine, and of how many vectors each: what a row is about. */
function keyOf(row: readonly string[]): string {
  const [, sample = "all"] = /\((every \d+th)\)/.exec(row.join("|")) ?? [];
  return [...row.slice(0, 4), sample].join("|");
}

function archOf({ arch = "x86-64" }: RunJson): string {
  return arch;
}

function verifyAsked(
  argument: string,
  options: readonly string[],
  machines: string,
): readonly RunJson[] {
  const [stage = "v1", topology = machines, sample = "1"] = argument.split(" ");
  const on = topology === "" ? [] : ["--topology", topology];
  return verify(["--stage", stage, ...options, ...on, "--sample", sample]);
}

function describeFaults(faults: RunJson["faults"]): string {
  if (faults === undefined) return "";
  const returned = Object.entries(faults.returned).map(([ret, count]) => `${count} gave ${ret}`);
  return `; ${faults.injected} calls made to fail: ${returned.sort().join(", ")}`;
}
