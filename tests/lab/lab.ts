import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandContext } from "../../tools/cli/command.ts";
import { findSeriesTip, type SeriesTip } from "../../tools/cli/find-series-tip.ts";
import { runCommandLine } from "../../tools/cli/run-command-line.ts";
import { findPackageDir } from "../../tools/lib/fs/package-dir.ts";
import { gitText, runGit } from "../../tools/lib/git/git.ts";
import type { Finding } from "../../tools/lib/verify/outcome.ts";
import type { VectorsReport } from "../../tools/lib/verify/verify-report.ts";
import type { Defect } from "./defects.ts";

/** What a command gave. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A context as main() makes it: the user's caches, so that the base build is shared. */
export function labContext(
  write: Pick<CommandContext, "stdout" | "stderr">,
  projectDir: string = findPackageDir(),
): CommandContext {
  const packageDir = findPackageDir();
  const env = { ...process.env, RFCKIT_ACCEL: "tcg" };
  const signal = new AbortController().signal;
  const dirs = { cwd: projectDir, projectDir, packageDir };
  return { ...write, ...dirs, env, version: "0.0.0", signal };
}

/** Runs a command line as a user would type it. */
export async function rfckit(...argv: string[]): Promise<Outcome> {
  return await rfckitIn(findPackageDir(), ...argv);
}

/** As `rfckit`, in the folder of another project. */
export async function rfckitIn(projectDir: string, ...argv: string[]): Promise<Outcome> {
  let stdout = "";
  let stderr = "";
  const context = labContext(
    {
      stdout: (text) => {
        stdout += text;
      },
      stderr: (text) => {
        stderr += text;
      },
    },
    projectDir,
  );
  const code = await runCommandLine(argv, context);
  return { code, stdout, stderr };
}

/** The series as it is shipped: a stage, or the current one. */
export async function shippedTip(stage?: string): Promise<SeriesTip> {
  const options = stage === undefined ? {} : { stage };
  return await findSeriesTip(options, labContext({ stdout: () => {}, stderr: () => {} }));
}

/** One guest at a time, so that reports can be compared. */
export const VERIFY = ["verify", "--no-cache", "--guests", "1", "--format", "json"] as const;

/** Runs `rfckit verify --patch FILE` with a defect on top of the series' current stage. */
export async function verifyDefect(
  defect: Defect,
  ...options: readonly string[]
): Promise<Outcome> {
  return await withDefect(defect, undefined, (patch) =>
    rfckit(...VERIFY, ...options, "--patch", patch),
  );
}

/** Does something with the patch that puts a defect on top of a stage, or of the current one. */
export async function withDefect<Result>(
  defect: Defect,
  stage: string | undefined,
  action: (patch: string) => Promise<Result>,
): Promise<Result> {
  const tip = await shippedTip(stage);
  const dir = await mkdtemp(join(tmpdir(), "rfckit-defect-"));
  try {
    const show = ["show", `${tip.treeish}:mm/hbf.c`];
    const source = `${await gitText({ dir: tip.tree.dir, args: show })}\n`;
    const patch = join(dir, "defect.patch");
    await writeFile(patch, await diffOf(dir, source, defect.edit(source)));
    return await action(patch);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** The report of `--format json`. */
export function reportOf(outcome: Outcome): VectorsReport {
  return JSON.parse(outcome.stdout) as VectorsReport;
}

/** The finding that leads the report, which must name a vector. */
export function leadOf(outcome: Outcome): Finding & { readonly vector: object } {
  const [first] = reportOf(outcome).findings;
  if (first?.vector === undefined) throw new Error(`no vector leads: ${outcome.stdout}`);
  return { ...first, vector: first.vector };
}

/** The patch that makes `after` of mm/hbf.c; works in `dir`. */
export async function diffOf(dir: string, before: string, after: string): Promise<Uint8Array> {
  for (const [side, text] of Object.entries({ a: before, b: after })) {
    await mkdir(join(dir, side, "mm"), { recursive: true });
    await writeFile(join(dir, side, "mm/hbf.c"), text);
  }
  const args = ["diff", "--no-index", "--no-prefix", "a/mm/hbf.c", "b/mm/hbf.c"];
  return (await runGit({ dir, args })).stdout;
}
