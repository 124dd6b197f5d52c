import type { VectorRequest } from "../../kernel-model/index.ts";
import type { KernelBuild } from "../lib/build/kernel-builds.ts";
import { EXIT, type ExitCode, ToolError } from "../lib/error.ts";
import { type RacesReport, verifyRaces } from "../lib/verify/verify-races.ts";
import type { CommandContext } from "./command.ts";
import type { SeriesTip } from "./find-series-tip.ts";

/** What `rfckit verify --races` was asked for. */
export interface RaceOptions {
  readonly tip: SeriesTip;
  /** Absolute paths. */
  readonly patches: readonly string[];
  readonly stage: VectorRequest["stage"];
  readonly build: KernelBuild;
  readonly topology: string;
  readonly seed: number;
  readonly rounds: number;
  readonly format: string;
}

const SHOWN_FINDINGS = 3;
const MOST_ROUNDS = 1000;

/** Reads the value of `--races`. @throws ToolError `bad-races` (user) */
export function parseRounds(text: string): number {
  const rounds = Number(text);
  if (/^\d+$/.test(text) && rounds >= 1 && rounds <= MOST_ROUNDS) return rounds;
  throw new ToolError(`'${text}' is no number of rounds`, {
    kind: "user",
    code: "bad-races",
    hints: ["rfckit verify --races 1 --seed 1"],
  });
}

/** Lets calls race, says what came of it, and gives the exit code. */
export async function race(options: RaceOptions, context: CommandContext): Promise<ExitCode> {
  const { tip, patches, stage, build, topology, seed, rounds, format } = options;
  const report = await verifyRaces({
    ...{ tree: tip.tree, treeish: tip.treeish, patches, stage, build, topology, seed, rounds },
    ...{ packageDir: context.packageDir, env: context.env, signal: context.signal },
    onProgress: (line) => context.stderr(`${line}\n`),
  });
  const json = `${JSON.stringify({ schemaVersion: 1, ...report }, null, 2)}\n`;
  context.stdout(format === "json" ? json : formatRaces(report));
  return { pass: EXIT.ready, fail: EXIT.findings, error: EXIT.infra }[report.verdict];
}

function formatRaces(report: RacesReport): string {
  const { verdict, races, linearizable, overlapping, findings, build, topology, seed } = report;
  const again = `rfckit verify --races ${report.rounds} --seed ${seed} --build ${build}`;
  const lines = [
    `races: ${verdict}`,
    `  stage ${report.stage}, seed ${seed}: ${linearizable} of ${races} histories agree`,
    `  calls overlapped in ${overlapping} of them; build ${build}, topology ${topology}`,
    `  console ${report.consoleHash.slice(0, 16)}, results ${report.resultsHash.slice(0, 16)}`,
    ...findings
      .slice(0, SHOWN_FINDINGS)
      .flatMap(({ kind, what, vector, consoleLines }) => [
        `  ${kind}: ${vector === undefined ? "" : `${vector.id}: `}${what}`,
        ...(vector?.program ?? []).map((line) => `      ${line}`),
        ...consoleLines.map((line) => `    | ${line}`),
      ]),
    ...(findings.length === 0 ? [] : [`  files: ${report.runDir}`, `  again: ${again}`]),
  ];
  return `${lines.join("\n")}\n`;
}
