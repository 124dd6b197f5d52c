import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { prepareRewrites } from "../../../tests/support/rewrite-commands.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { gitIn, makeRepo, openTestRepo } from "../../../tests/support/split-repo.ts";
import { readLog, undoState } from "./operation-log.ts";
import { undoOperation } from "./undo-operation.ts";

/** How many points of each command are tried; all of them when there are fewer. */
const POINTS = Number(process.env["RFCKIT_KILL_POINTS"] ?? 1);
/** File that gets a line for each command, with the number of points; none unless told. */
const LOG = process.env["RFCKIT_PROOF_LOG"];
const SUPPORT = resolve(import.meta.dirname, "../../../tests/support");
const REAL_GIT = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
const GIT_MODES = ["before", "after", "during", "later"] as const;
const RENAME_MODES = ["before", "after"] as const;

/** A point: the n-th call of git, or the n-th rename of a file; 0 is none. */
interface Kill {
  readonly at: number;
  readonly of: "git" | "rename";
  readonly mode: (typeof GIT_MODES)[number];
}

const NEVER: Kill = { at: 0, of: "git", mode: "before" };

/** Runs a command with git and renames watched; gives how many of each there were. */
function runKilled(dir: string, work: string, command: string, kill: Kill): Record<string, number> {
  const count = join(work, "count");
  writeFileSync(count, "0\n");
  writeFileSync(join(work, "renames"), "0");
  writeFileSync(join(work, "rename-at"), kill.of === "rename" ? `${kill.at} ${kill.mode}` : "0 -");
  const gitAt = kill.of === "git" ? kill.at : 0;
  writeFileSync(
    join(work, "bin", "kill.env"),
    `REAL_GIT=${REAL_GIT}\nKILL_COUNT=${count}\nKILL_AT=${gitAt}\nKILL_MODE=${kill.mode}\n`,
  );
  const driver = join(SUPPORT, "kill-driver.ts");
  const done = spawnSync(process.execPath, ["--import", "tsx", driver, dir, command, work], {
    env: { ...process.env, PATH: `${join(work, "bin")}:${process.env["PATH"]}` },
    encoding: "utf8",
  });
  if (kill.at === 0) expect(done.status, done.stderr).toBe(0);
  const read = (name: string): number => Number(readFileSync(join(work, name), "utf8"));
  return { git: read("count"), rename: read("renames") };
}

/** All refs that operations move, but the log of them. */
const MOVED = ["refs/heads", "refs/notes", "refs/rfckit/demo", "refs/rfckit/frozen"];
const refsOf = (dir: string): string =>
  gitIn(dir, ["for-each-ref", "--format=%(refname) %(objectname)", ...MOVED]);

/** Lock files that a killed git left; a person would remove them, as the message says. */
function removeLocks(dir: string): void {
  for (const name of readdirSync(join(dir, ".git"), { recursive: true, encoding: "utf8" })) {
    if (name.endsWith(".lock") && !name.startsWith("tmp")) rmSync(join(dir, ".git", name));
  }
}

const fileOf = (name: string) => [name, ["100644", `${name}${name}\n`]] as const;

/** The files of the project that a command writes. */
function filesOf(dir: string): string {
  const project = join(dir, ".git", "project");
  const names = readdirSync(project, { recursive: true, encoding: "utf8" }).sort();
  return names
    .filter((name) => statSync(join(project, name)).isFile())
    .map((name) => `${name}\n${readFileSync(join(project, name), "latin1")}`)
    .join("\n");
}

/** What has to happen before a command, by its name. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  split: [],
  undo: ["split"],
  redo: ["split", "undo"],
  apply: ["export"],
  trailers: [],
  reroll: ["export", "apply"],
};

interface States {
  readonly old: string;
  readonly new: string;
  /** Of the project's files, afterwards. */
  readonly files: string;
  /** Entries of the log before. */
  readonly entries: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** A repository in the state before `command`, and the refs before and after it. */
async function prepare(work: string, command: string): Promise<States> {
  const made = makeRepo([
    { tree: { x: ["100644", "x\n"] } },
    { tree: Object.fromEntries(["a", "b", "c", "d", "e", "f", "x"].map(fileOf)) },
  ]);
  gitIn(made.dir, ["reset", "-q", "--hard"]);
  gitIn(made.dir, ["-c", "user.name=n", "-c", "user.email=n@x", "notes", "add", "-m", "kept"]);
  prepareRewrites(made.dir);
  mkdirSync(join(work, "bin"), { recursive: true });
  symlinkSync(join(SUPPORT, "killing-git.sh"), join(work, "bin", "git"));
  for (const one of BEFORE[command] ?? []) runKilled(made.dir, work, one, NEVER);
  cpSync(made.dir, join(work, "template"), { recursive: true });
  const old = refsOf(made.dir);
  const entries = (await readLog(made.git)).entries.length;
  // At the place where it will be killed, since paths may be in what it writes.
  const dir = join(work, "victim");
  cpSync(made.dir, dir, { recursive: true });
  made.end();
  const counts = runKilled(dir, work, command, NEVER);
  expect(refsOf(dir)).not.toBe(old);
  return { old, new: refsOf(dir), files: filesOf(dir), entries, counts };
}

function pointsOf(counts: Readonly<Record<string, number>>): Kill[] {
  const points = (of: Kill["of"], modes: readonly Kill["mode"][]): Kill[] =>
    modes.flatMap((mode) =>
      Array.from({ length: counts[of] ?? 0 }, (_, at): Kill => ({ at: at + 1, of, mode })),
    );
  const all = [...points("rename", RENAME_MODES), ...points("git", GIT_MODES)];
  // The last calls move the refs; with few points they are the ones that matter most.
  const step = Math.max(1, Math.ceil(all.length / POINTS));
  const isLast = ({ of, at }: Kill): boolean => of === "git" && at === counts["git"];
  return all.toReversed().filter((kill, at) => at % step === 0 || (POINTS > 1 && isLast(kill)));
}

test.each(Object.keys(BEFORE))(
  "%s that is killed leaves the old or the new state, a sound repository and a way back",
  async (command) => {
    const work = await scratchDir();
    const states = await prepare(work, command);
    const chosen = pointsOf(states.counts);
    for (const kill of chosen) {
      const calls = states.counts[kill.of];
      const where = `${command} killed ${kill.mode} ${kill.of} ${kill.at} of ${calls}`;
      const dir = join(work, "victim");
      rmSync(dir, { recursive: true, force: true });
      cpSync(join(work, "template"), dir, { recursive: true });
      const index = readFileSync(join(dir, ".git", "index"));
      runKilled(dir, work, command, kill);
      removeLocks(dir);
      expect(readFileSync(join(dir, ".git", "index")).equals(index), where).toBe(true);
      expect(gitIn(dir, ["fsck", "--strict", "--no-dangling"]), where).toBe("");
      expect(gitIn(dir, ["status", "--porcelain"]), where).toBe("");
      const { entries } = await readLog(openTestRepo(dir).git);
      if (entries.length > states.entries && refsOf(dir) === states.new) {
        // Refs come last: when they have moved, all files are there.
        expect(filesOf(dir), where).toBe(states.files);
      }
      if (entries.length > states.entries) await requireWayBack(dir, states, where);
      else await requireAgain(dir, work, command, states, where);
    }
    if (LOG !== undefined) appendFileSync(LOG, `${command} ${chosen.length}\n`);
  },
  60_000 + POINTS * 12_000,
);

/** Nothing was done: the refs are the old ones, and the same command does it all. */
async function requireAgain(
  dir: string,
  work: string,
  command: string,
  states: States,
  where: string,
): Promise<void> {
  expect(refsOf(dir), where).toBe(states.old);
  if (command !== "reroll" && command !== "apply") return;
  runKilled(dir, work, command, NEVER);
  expect(refsOf(dir), where).toBe(states.new);
  expect(filesOf(dir), where).toBe(states.files);
}

/** Either state is whole; a log that has moved before its refs leads back to the old one. */
async function requireWayBack(dir: string, states: States, where: string): Promise<void> {
  const { git } = openTestRepo(dir);
  const { entries } = await readLog(git);
  const now = refsOf(dir);
  const refs = (text: string): string[] => text.split("\n");
  const mixed = refs(now).every((line) =>
    [...refs(states.old), ...refs(states.new)].includes(line),
  );
  expect(mixed, where).toBe(true);
  const newest = entries.at(-1);
  if (now !== states.old && now !== states.new) expect(newest, where).toBeDefined();
  const state = undoState(entries);
  const kind = state.undoable.length > 0 ? "undo" : "redo";
  await undoOperation({ git, kind, nowS: 1_700_002_000, dryRun: false });
  expect([states.old, states.new], where).toContain(refsOf(dir));
}
