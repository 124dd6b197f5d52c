import { afterEach, expect, test } from "vitest";
import { gitIn, ME, makeRepo, splitTip, type TestRepo } from "../../../tests/support/split-repo.ts";
import type { Git } from "../git/git.ts";
import { LOG_REF, readLog } from "./operation-log.ts";
import { recordOperation } from "./record-operation.ts";
import { undoOperation } from "./undo-operation.ts";

let repo: TestRepo | undefined;
afterEach(() => repo?.end());

const PLAN = [
  { message: "a", take: [{ path: "a" }] },
  { message: "rest", take: [{ rest: "**" }] },
];
const nowS = 1_700_000_900;

function make(more: Partial<Parameters<typeof makeRepo>[0][number]> = {}): TestRepo {
  repo?.end();
  repo = makeRepo([
    { tree: { x: ["100644", "x\n"] } },
    { tree: { x: ["100644", "x\n"], a: ["100644", "a\n"], b: ["100644", "b\n"] }, ...more },
  ]);
  gitIn(repo.dir, ["reset", "-q", "--hard"]);
  return repo;
}

const tipOf = (on: TestRepo, ref = "main"): string => gitIn(on.dir, ["rev-parse", ref]);

test("undo and redo move between the states, and the log only grows", async () => {
  const on = make();
  const old = tipOf(on);
  await splitTip(on, PLAN);
  const split = tipOf(on);
  await undoOperation({ git: on.git, kind: "undo", nowS, dryRun: false });
  expect(tipOf(on)).toBe(old);
  await undoOperation({ git: on.git, kind: "redo", nowS, dryRun: true });
  expect(tipOf(on)).toBe(old);
  await undoOperation({ git: on.git, kind: "redo", nowS, dryRun: false });
  expect(tipOf(on)).toBe(split);
  const { entries } = await readLog(on.git);
  expect(entries.map(({ kind, of }) => [kind, of])).toEqual([
    ["do", undefined],
    ["undo", 1],
    ["redo", 1],
  ]);
  const again = { git: on.git, kind: "redo" as const, nowS, dryRun: false };
  await expect(undoOperation(again)).rejects.toMatchObject({ code: "nothing-to-redo" });
});

test("old and new tips stay alive when git collects garbage", async () => {
  const on = make();
  const old = tipOf(on);
  await splitTip(on, PLAN);
  const split = tipOf(on);
  await undoOperation({ git: on.git, kind: "undo", nowS, dryRun: false });
  gitIn(on.dir, ["reflog", "expire", "--expire=now", "--all"]);
  gitIn(on.dir, ["gc", "-q", "--prune=now"]);
  for (const id of [old, split]) expect(gitIn(on.dir, ["cat-file", "-t", id])).toBe("commit");
  expect(gitIn(on.dir, ["fsck", "--strict"])).toBe("");
});

test("undo refuses when somebody moved the ref since", async () => {
  const on = make();
  await splitTip(on, PLAN);
  gitIn(on.dir, ["update-ref", "refs/heads/main", "main~2"]);
  const undo = undoOperation({ git: on.git, kind: "undo", nowS, dryRun: false });
  await expect(undo).rejects.toMatchObject({ code: "ref-moved-since", kind: "user" });
});

test("undo takes back an operation that was cut between its refs", async () => {
  const on = make();
  const old = tipOf(on);
  await splitTip(on, PLAN, { into: "refs/heads/one" });
  gitIn(on.dir, ["update-ref", "-d", "refs/heads/one"]);
  const done = await undoOperation({ git: on.git, kind: "undo", nowS, dryRun: false });
  expect(done.changes).toEqual([]);
  expect(tipOf(on)).toBe(old);
});

test("of two commands at once one wins and the other says so", async () => {
  const on = make();
  const results = await Promise.allSettled([
    splitTip(on, PLAN),
    splitTip(on, [{ message: "all", take: [{ rest: "**" }] }]),
  ]);
  const lost = results.filter((one) => one.status === "rejected");
  expect(lost).toHaveLength(1);
  expect(["ref-moved", "ref-locked", "more-commits"]).toContain(
    (lost[0]?.reason as { code?: string } | undefined)?.code,
  );
  expect((await readLog(on.git)).entries).toHaveLength(1);
});

test.each([
  ["another ref", "refs/heads/two"],
  ["the same ref", "refs/heads/one"],
])("an operation on %s that comes between reading and moving wins", async (_, ref) => {
  const on = make();
  const operationOn = (name: string) => ({
    kind: "do" as const,
    command: "test",
    summary: name,
    changes: [{ ref: name, from: undefined, to: tipOf(on) }],
  });
  let other = false;
  const slow: Git = {
    ...on.git,
    async run(args, more) {
      if (args.includes("update-ref") && !other) {
        other = true;
        await recordOperation({ git: on.git, operation: operationOn(ref), nowS });
      }
      return await on.git.run(args, more);
    },
  };
  const lost = recordOperation({ git: slow, operation: operationOn("refs/heads/one"), nowS });
  await expect(lost).rejects.toMatchObject({
    code: "ref-moved",
    message: expect.stringContaining("nothing was moved"),
  });
  expect((await readLog(on.git)).entries.map(({ summary }) => summary)).toEqual([ref]);
  expect(gitIn(on.dir, ["for-each-ref", "--format=%(refname)", "refs/heads/"])).toBe(
    ["refs/heads/main", ref].join("\n"),
  );
});

test("a branch that is checked out is not moved to other files", async () => {
  const on = make();
  const changes = [{ ref: "refs/heads/main", from: tipOf(on), to: tipOf(on, "main~1") }];
  const operation = { kind: "do" as const, command: "test", summary: "test", changes };
  await expect(recordOperation({ git: on.git, operation, nowS })).rejects.toMatchObject({
    code: "branch-checked-out",
  });
});

test("a lock that a killed git left is named", async () => {
  const on = make();
  gitIn(on.dir, ["update-ref", `${LOG_REF}.x`, "main"]);
  gitIn(on.dir, ["update-ref", "-d", `${LOG_REF}.x`]);
  const { writeFileSync, mkdirSync } = await import("node:fs");
  mkdirSync(`${on.dir}/.git/refs/heads`, { recursive: true });
  writeFileSync(`${on.dir}/.git/refs/heads/main.lock`, "");
  await expect(splitTip(on, PLAN)).rejects.toMatchObject({
    code: "ref-locked",
    message: expect.stringContaining("refs/heads/main.lock"),
  });
});

test.each<[string, (on: TestRepo) => void]>([
  ["published-commit", (on) => gitIn(on.dir, ["update-ref", "refs/remotes/o/main", "main"])],
  ["published-commit", (on) => gitIn(on.dir, ["tag", "v1", "main"])],
  ["operation-in-progress", (on) => gitIn(on.dir, ["update-ref", "MERGE_HEAD", "main"])],
  [
    "more-commits",
    (on) =>
      gitIn(on.dir, [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "more",
      ]),
  ],
])("%s is refused and nothing changes", async (code, prepare) => {
  const on = make();
  const range = { base: tipOf(on, "main~1"), tip: tipOf(on) };
  prepare(on);
  const refs = gitIn(on.dir, ["for-each-ref"]);
  await expect(splitTip(on, PLAN, range)).rejects.toMatchObject({ code, kind: "user" });
  expect(gitIn(on.dir, ["for-each-ref"])).toBe(refs);
});

test("commits of another committer and merges are refused", async () => {
  const foreign = make({ committer: "O <o@rfckit.invalid> 1700000000 +0000" });
  await expect(splitTip(foreign, PLAN)).rejects.toMatchObject({ code: "foreign-committer" });
  const on = make();
  const tree = tipOf(on, "main^{tree}");
  const raw = `tree ${tree}\nparent ${tipOf(on)}\nparent ${tipOf(on, "main~1")}\nauthor ${ME}\ncommitter ${ME}\n\nm\n`;
  const merge = gitIn(on.dir, ["hash-object", "-t", "commit", "-w", "--stdin"], raw);
  gitIn(on.dir, ["update-ref", "refs/heads/main", merge]);
  await expect(splitTip(on, PLAN)).rejects.toMatchObject({ code: "merge-commit" });
});

test("published commits may be split beside themselves", async () => {
  const on = make();
  gitIn(on.dir, ["tag", "v1", "main"]);
  const { commits } = await splitTip(on, PLAN, { into: "refs/heads/beside" });
  expect(tipOf(on, "beside")).toBe(commits[1]?.id);
});
