import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type GateReport, gateReportSchema } from "../../tools/cli/reporters/gate-report.ts";
import { runCommandLine } from "../../tools/cli/run-command-line.ts";
import { shell } from "./fake-kernel.ts";
import { scratchDir } from "./scratch-dir.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/**
 * A checkpatch that finds the seeded defects of the control and nothing else, so that its silence
 * on other patches counts.
 */
export const GOOD_CHECKPATCH = `
for my $file (@ARGV) {
  next if $file =~ /^--/;
  my $text = "";
  if ($file eq '-') { local $/; $text = <STDIN>; }
  else { local $/; open(my $in, '<', $file) or die; $text = <$in>; }
  next unless $text =~ /hbf_control/;
  $bad = 1;
  print "$file:8: WARNING:TYPO_SPELLING: 'wierd' may be misspelled\\n";
  print "$file:8: WARNING:TYPO_SPELLING: 'tolerent' may be misspelled\\n";
  print "$file:22: WARNING:SPDX_LICENSE_TAG: 'GPL-9.9' is not supported\\n";
  print "$file:23: ERROR:TRAILING_WHITESPACE: trailing whitespace\\n";
  print "$file:25: ERROR:SPACING: space required before the open parenthesis '('\\n";
}
exit($bad ? 1 : 0);
`;

/** A commit of a test: its message and the files that it writes. */
export interface TestCommit {
  readonly message: string;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * A git tree with a small kernel on `base`, and what the test commits on top as `topic`.
 *
 * @param root where it is made; else a directory that is removed with the test
 */
export async function makeGateTree(
  commits: readonly TestCommit[],
  checkpatch: string | null = GOOD_CHECKPATCH,
  root?: string,
): Promise<string> {
  const dir = join(root ?? (await scratchDir()), "linux");
  const scripts = checkpatch === null ? {} : { "scripts/checkpatch.pl": checkpatch };
  const kernel = { Makefile: "VERSION = 0\nPATCHLEVEL = 1\n", "mm/a.c": "int a;\n" };
  await mkdir(dir, { recursive: true });
  const git = (...args: string[]) =>
    shell(dir, "git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args]);
  await git("init", "-q", "-b", "topic");
  await writeFiles(dir, { ...kernel, ...scripts });
  await git("add", "-A");
  await git("commit", "-q", "-m", "base");
  await git("branch", "base");
  for (const { message, files } of commits) {
    await writeFiles(dir, files);
    await git("add", "-A");
    await git("commit", "-q", "--allow-empty", "-m", message);
  }
  return dir;
}

async function writeFiles(dir: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
}

/** What a command line gave. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs rfckit in this process, with a cache of its own unless `env` names one. */
export async function rfckitHere(
  cwd: string,
  argv: readonly string[],
  change: { readonly env?: Readonly<Record<string, string>>; readonly signal?: AbortSignal } = {},
): Promise<Answer> {
  const out = { stdout: "", stderr: "" };
  const code = await runCommandLine(argv, {
    stdout: (text) => {
      out.stdout += text;
    },
    stderr: (text) => {
      out.stderr += text;
    },
    env: { HOME: join(cwd, "home"), XDG_CACHE_HOME: join(cwd, "..", "cache"), ...change.env },
    cwd,
    projectDir: ROOT,
    packageDir: ROOT,
    version: "0.0.0",
    signal: change.signal ?? new AbortController().signal,
  });
  return { code, ...out };
}

/** The report of `--format json`. */
export function reportOf({ stdout, stderr }: Answer): GateReport {
  if (stdout === "") throw new Error(stderr);
  return gateReportSchema.parse(JSON.parse(stdout));
}

/** The verdict of each check by its id. */
export function verdictsOf(report: GateReport): Record<string, string> {
  return Object.fromEntries(report.checks.map(({ id, verdict }) => [id, verdict.kind]));
}
