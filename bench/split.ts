import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { spread, time } from "./measure.ts";

/**
 * Splits a commit of 2,000 lines into 8, with `rfckit series split` and with `git rebase -i` and
 * scripted edits, in one run on a kernel tree that is checked out. The tree is a throw-away clone.
 */
const RUNS = 5;
const PARTS = 8;
const LINES = 250;
const rfckit = resolve(import.meta.dirname, "../bin/rfckit.js");
const source = time(process.execPath, [rfckit, "kernel", "get", "--print-path"]).stdout.trim();
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
const names = Array.from({ length: PARTS }, (_, at) => `mm/bench_${at}.c`);

function prepare(): void {
  time("git", ["clone", "-q", "--shared", source, tree]);
  git("config", "user.email", identity.GIT_COMMITTER_EMAIL);
  git("config", "user.name", identity.GIT_COMMITTER_NAME);
  git("config", "gc.auto", "0");
  for (const [at, name] of names.entries()) {
    const lines = Array.from({ length: LINES }, (_, line) => `int bench_${at}_${line};\n`);
    writeFileSync(join(tree, name), lines.join(""));
  }
  git("checkout", "-q", "-b", "bench");
  git("add", "-f", ...names);
  git("commit", "-q", "-m", "all");
  // A clone's tags and remote branches do not reach the commit, so it may be rewritten.
  const commits = names.map((path) => ({ message: path, take: [{ path }] }));
  writeFileSync(join(work, "plan.yaml"), JSON.stringify({ commits }));
}

function bySplit(): number {
  const args = ["series", "split", "bench", "--plan", join(work, "plan.yaml"), "--tree", tree];
  return time(process.execPath, [rfckit, ...args], { env: identity }).seconds;
}

function byRebase(): number {
  const env = { ...identity, GIT_SEQUENCE_EDITOR: "sed -i 1s/pick/edit/" };
  const steps = [
    "git rebase -q -i bench~1 2>&1",
    "git reset -q HEAD~1",
    ...names.map((name) => `git add -f ${name} && git commit -q -m ${name}`),
    "git rebase --continue 2>&1",
  ];
  return time("sh", ["-ec", steps.join("\n")], { env, cwd: tree }).seconds;
}

function measure(way: () => number): number[] {
  return Array.from({ length: RUNS }, () => {
    git("reset", "-q", "--hard", all);
    return way();
  });
}

let all = "";
try {
  prepare();
  all = git("rev-parse", "bench").stdout.trim();
  const [split, rebase] = [measure(bySplit), measure(byRebase)];
  console.log(`rfckit series split: ${spread(split, "s")}`);
  console.log(`git rebase -i:       ${spread(rebase, "s")}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
