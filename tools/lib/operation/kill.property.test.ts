import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { gitIn, makeRepo, openTestRepo } from "../../../tests/support/split-repo.ts";
import { readLog, undoState } from "./operation-log.ts";
import { undoOperation } from "./undo-operation.ts";

/** How many points of each command are tried; all of them when there are fewer. */
const POINTS = Number(process.env["RFCKIT_KILL_POINTS"] ?? 2);
const SUPPORT = resolve(import.meta.dirname, "../../../tests/support");
const REAL_GIT = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
const MODES = ["before", "after", "during", "later"] as const;
const UNTIL_NEVER = 1_000_000;

interface Kill {
  readonly at: number;
  readonly mode: (typeof MODES)[number];
}

/** Runs a command with git watched; gives the number of git calls that were made. */
function runKilled(dir: string, work: string, command: string, kill: Kill): number {
  const count = join(work, "count");
  writeFileSync(count, "0\n");
  writeFileSync(
    join(work, "bin", "kill.env"),
    `REAL_GIT=${REAL_GIT}\nKILL_COUNT=${count}\nKILL_AT=${kill.at}\nKILL_MODE=${kill.mode}\n`,
  );
  spawnSync(process.execPath, ["--import", "tsx", join(SUPPORT, "kill-driver.ts"), dir, command], {
    env: { ...process.env, PATH: `${join(work, "bin")}:${process.env["PATH"]}` },
    stdio: "ignore",
  });
  return Number(readFileSync(count, "utf8"));
}

const refsOf = (dir: string): string =>
  gitIn(dir, ["for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/notes"]);

/** Lock files that a killed git left; a person would remove them, as the message says. */
function removeLocks(dir: string): void {
  for (const name of readdirSync(join(dir, ".git"), { recursive: true, encoding: "utf8" })) {
    if (name.endsWith(".lock") && !name.startsWith("tmp")) rmSync(join(dir, ".git", name));
  }
}

const fileOf = (name: string) => [name, ["100644", `${name}${name}\n`]] as const;

/** A repository in the state before `command`, and the refs before and after it. */
async function prepare(work: string, command: string): Promise<{ old: string; new: string }> {
  const made = makeRepo([
    { tree: { x: ["100644", "x\n"] } },
    { tree: Object.fromEntries(["a", "b", "c", "d", "e", "f", "x"].map(fileOf)) },
  ]);
  gitIn(made.dir, ["reset", "-q", "--hard"]);
  gitIn(made.dir, ["-c", "user.name=n", "-c", "user.email=n@x", "notes", "add", "-m", "kept"]);
  mkdirSync(join(work, "bin"), { recursive: true });
  symlinkSync(join(SUPPORT, "killing-git.sh"), join(work, "bin", "git"));
  const never: Kill = { at: UNTIL_NEVER, mode: "before" };
  const before = { split: [], undo: ["split"], redo: ["split", "undo"] }[command] ?? [];
  for (const one of before) runKilled(made.dir, work, one, never);
  cpSync(made.dir, join(work, "template"), { recursive: true });
  const old = refsOf(made.dir);
  const calls = runKilled(made.dir, work, command, never);
  writeFileSync(join(work, "calls"), String(calls));
  const after = refsOf(made.dir);
  made.end();
  expect(after).not.toBe(old);
  return { old, new: after };
}

test.each(["split", "undo", "redo"])(
  "%s that is killed leaves the old or the new state, a sound repository and a way back",
  async (command) => {
    const work = await scratchDir();
    const states = await prepare(work, command);
    const calls = Number(readFileSync(join(work, "calls"), "utf8"));
    const all = MODES.flatMap((mode) =>
      Array.from({ length: calls }, (_, at): Kill => ({ at: at + 1, mode })),
    );
    // The last calls move the refs; they are always among the points.
    const step = Math.max(1, Math.ceil(all.length / POINTS));
    const chosen = all.toReversed().filter((kill, at) => at % step === 0 || kill.at === calls);
    for (const kill of chosen) {
      const where = `${command} killed ${kill.mode} git call ${kill.at} of ${calls}`;
      const dir = join(work, "victim");
      rmSync(dir, { recursive: true, force: true });
      cpSync(join(work, "template"), dir, { recursive: true });
      const index = readFileSync(join(dir, ".git", "index"));
      runKilled(dir, work, command, kill);
      removeLocks(dir);
      expect(readFileSync(join(dir, ".git", "index")).equals(index), where).toBe(true);
      expect(gitIn(dir, ["fsck", "--strict", "--no-dangling"]), where).toBe("");
      expect(gitIn(dir, ["status", "--porcelain"]), where).toBe("");
      await requireWayBack(dir, states, where);
    }
  },
  60_000 + POINTS * 9_000,
);

/** Either state is whole; a log that has moved before its refs leads back to the old one. */
async function requireWayBack(
  dir: string,
  states: { readonly old: string; readonly new: string },
  where: string,
): Promise<void> {
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
  if (entries.length === 0) {
    expect(now, where).toBe(states.old);
    return;
  }
  await undoOperation({ git, kind, nowS: 1_700_002_000, dryRun: false });
  expect([states.old, states.new], where).toContain(refsOf(dir));
}
