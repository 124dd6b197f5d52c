import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openGit } from "../tools/lib/git/git.ts";
import { formatPatchOptions } from "../tools/lib/series/format-options.ts";
import { roundTrip } from "../tools/lib/series/round-trip.ts";
import { cpuTime, median, spread, time } from "./measure.ts";

/**
 * `npm run bench:series`: the series commands against the git commands that do the same, in one run
 * on a throw-away clone of the kernel repository, recorded in docs/reference/series-benchmarks.md.
 */
const RUNS = 5;
const ROOT = resolve(import.meta.dirname, "..");
const PAGE = join(ROOT, "docs/reference/series-benchmarks.md");
const RFCKIT = join(ROOT, "bin/rfckit.js");
const PARTS = 8;
const LINES = 250;
const START_S = 1_700_000_000;
const work = mkdtempSync(join(tmpdir(), "rfckit-bench-"));
const tree = join(work, "linux");
const identity = {
  ...process.env,
  GIT_AUTHOR_NAME: "Bench",
  GIT_AUTHOR_EMAIL: "bench@rfckit.invalid",
  GIT_COMMITTER_NAME: "Bench",
  GIT_COMMITTER_EMAIL: "bench@rfckit.invalid",
};
const git = (...args: string[]) => time("git", ["-C", tree, ...args], { env: identity });
const rfckit = (...args: string[]) =>
  time(process.execPath, [RFCKIT, ...args, "--tree", tree], { env: identity, cwd: ROOT });
const idOf = (name: string): string => git("rev-parse", name).stdout.trim();

function prepare(): string {
  const source = time(process.execPath, [RFCKIT, "kernel", "get", "--print-path"], { cwd: ROOT });
  time("git", ["clone", "-q", "--shared", source.stdout.trim(), tree]);
  git("config", "user.email", identity.GIT_COMMITTER_EMAIL);
  git("config", "user.name", identity.GIT_COMMITTER_NAME);
  git("config", "gc.auto", "0");
  return idOf("HEAD");
}

/** A branch of so many commits, each of which changes a large file of the kernel and adds one. */
function makeTopic(name: string, base: string, commits: number): void {
  const lines = git("cat-file", "blob", `${base}:mm/vmscan.c`).stdout.split("\n");
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const parts: string[] = [];
  for (let at = 0; at < commits; at += 1) {
    const added = Array.from({ length: 40 }, (_, line) => `int bench_${at}_${line};\n`).join("");
    lines.splice(100 + at * 5, 0, `/* benchmark ${at} */`);
    parts.push(
      `commit refs/heads/${name}\ncommitter Bench <bench@rfckit.invalid> ${START_S + at} +0000\n`,
      data(`mm: change ${at}\n\nA text of a line.\n`),
      at === 0 ? `from ${base}\n` : "",
      `M 100644 inline mm/bench_${at}.c\n${data(added)}`,
      `M 100644 inline mm/vmscan.c\n${data(lines.join("\n"))}`,
    );
  }
  const input = parts.join("");
  const made = spawnSync("git", ["-C", tree, "fast-import", "--quiet"], { input });
  if (made.status !== 0) throw new Error(String(made.stderr));
}

const repeat = (way: (run: number) => number): number[] =>
  Array.from({ length: RUNS }, (_, run) => way(run));

interface Export {
  /** Wall clock. */
  readonly wall: Pair;
  readonly cpu: Pair;
}

function measureExport(base: string, commits: number): Export {
  const topic = `topic-${commits}`;
  makeTopic(topic, base, commits);
  const out = join(work, "out");
  const range = `${base}..${topic}`;
  const args = ["series", "export", "--stage", "v0", "--range", range, "--out", out];
  const measure = (use: typeof cpuTime): Pair => {
    const ours = repeat(() => {
      rmSync(out, { recursive: true, force: true });
      return use(process.execPath, [RFCKIT, ...args, "--tree", tree], { env: identity, cwd: ROOT });
    });
    if (readdirSync(out).length !== commits) throw new Error("the export is not whole");
    const theirs = repeat(() => {
      const dir = join(work, `theirs-${commits}`);
      rmSync(dir, { recursive: true, force: true });
      const more = [`--base=${base}`, "--numbered", `--output-directory=${dir}`];
      const call = ["-C", tree, ...formatPatchOptions(), ...more, range];
      return use("git", call, { env: identity });
    });
    return { ours, theirs };
  };
  const wall = measure((file, words, options) => time(file, words, options).seconds);
  return { wall, cpu: measure(cpuTime) };
}

function measureSplit(base: string): Pair {
  git("checkout", "-q", "-b", "split", base);
  const names = Array.from({ length: PARTS }, (_, at) => `mm/part_${at}.c`);
  for (const [at, name] of names.entries()) {
    const lines = Array.from({ length: LINES }, (_, line) => `int part_${at}_${line};\n`);
    writeFileSync(join(tree, name), lines.join(""));
  }
  git("add", "-f", ...names);
  git("commit", "-q", "-m", "all");
  const all = idOf("split");
  const commits = names.map((path) => ({ message: path, take: [{ path }] }));
  const plan = join(work, "plan.yaml");
  writeFileSync(plan, JSON.stringify({ commits }));
  const ours = repeat(() => {
    git("reset", "-q", "--hard", all);
    return rfckit("series", "split", "split", "--plan", plan).seconds;
  });
  const steps = [
    "git rebase -q -i split~1 2>&1",
    "git reset -q HEAD~1",
    ...names.map((name) => `git add -f ${name} && git commit -q -m ${name}`),
    "git rebase --continue 2>&1",
  ];
  const theirs = repeat(() => {
    git("reset", "-q", "--hard", all);
    const env = { ...identity, GIT_SEQUENCE_EDITOR: "sed -i 1s/pick/edit/" };
    return time("sh", ["-ec", steps.join("\n")], { env, cwd: tree }).seconds;
  });
  return { ours, theirs };
}

async function measureRoundTrip(base: string): Promise<Pair> {
  const dir = join(work, "round");
  rfckit("series", "export", "--stage", "v0", "--range", `${base}..topic-10`, "--out", dir);
  const signal = new AbortController().signal;
  const stage = { folder: "v0", version: 0, prefix: "RFC PATCH" };
  const gitDir = join(tree, ".git");
  const shared = { tree: { dir: tree, gitDir, own: true }, tempRoot: join(work, "tmp"), signal };
  mkdirSync(shared.tempRoot);
  const ours: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const started = performance.now();
    const { differences } = await roundTrip({ ...shared, dir, stage, base });
    ours.push((performance.now() - started) / 1000);
    if (differences.length > 0) throw new Error("the round trip is not identical");
  }
  const mails = readdirSync(dir).sort();
  const index = { GIT_INDEX_FILE: join(work, "index") };
  const plain = openGit({ dir: gitDir, env: index, signal });
  const theirs: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const started = performance.now();
    await plain.bytes(["read-tree", base]);
    for (const mail of mails) {
      await plain.bytes(["apply", "--cached", join(dir, mail)]);
      await plain.text(["write-tree"]);
    }
    theirs.push((performance.now() - started) / 1000);
  }
  return { ours, theirs };
}

interface Pair {
  readonly ours: number[];
  readonly theirs: number[];
}

function row(what: string, { ours, theirs }: Pair): string {
  const ratio = (median(ours) / median(theirs)).toFixed(2);
  return `| ${what} | ${spread(ours, "s")} | ${spread(theirs, "s")} | ${ratio} |`;
}

try {
  const base = prepare();
  const node = repeat(() => time(process.execPath, ["-e", "0"]).seconds);
  const start = repeat(() => time(process.execPath, [RFCKIT, "--version"]).seconds);
  const nodeCpu = repeat(() => cpuTime(process.execPath, ["-e", "0"]));
  const ten = measureExport(base, 10);
  const hundred = measureExport(base, 100);
  const split = measureSplit(base);
  const round = await measureRoundTrip(base);
  const within = ({ wall, cpu }: Export): string => {
    const times = (it: Pair, start: number[]): string =>
      ((median(it.ours) - median(start)) / median(it.theirs)).toFixed(2);
    return `${times(wall, node)} times what git takes (of CPU time ${times(cpu, nodeCpu)} times)`;
  };
  writeFileSync(
    PAGE,
    `# Benchmarks of the series commands

Generated by \`npm run bench:series\`: don't edit.

Machine: ${cpus().length} cores, Node ${process.version}, ${git("--version").stdout.trim()}.
Median (least to greatest).

| what | rfckit | git alone | ratio |
| --- | --- | --- | --- |
${row("export of 10 commits, `git format-patch`", ten.wall)}
${row("the same, CPU", ten.cpu)}
${row("export of 100 commits, `git format-patch`", hundred.wall)}
${row("the same, CPU", hundred.cpu)}
${row("split of 2,000 lines into 8 commits, `git rebase -i` with scripted edits", split)}
${row("round trip of 10 patches, read-tree and ten times apply and write-tree", round)}

Node alone starts in ${spread(node, "s")}, \`rfckit --version\` takes ${spread(start, "s")}. Without
node's start an export of 10 commits takes ${within(ten)}, one of 100 commits
${within(hundred)}.

## Method

All in one run on a clone of the kernel repository with a worktree. Exports and splits are whole
processes; an export has no cover letter and git gets the same options. The round trip runs within
one process on both sides, without node's start: rfckit also reads the mails, makes commits, writes
the mails again and compares all bytes.
`,
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
