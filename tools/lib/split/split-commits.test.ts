import { afterEach, expect, test } from "vitest";
import {
  gitIn,
  makeRepo,
  planOf,
  requestOf,
  splitTip,
  type TestRepo,
  type Tree,
} from "../../../tests/support/split-repo.ts";
import { readChanges } from "./read-changes.ts";
import { splitCommits } from "./split-commits.ts";

let repo: TestRepo | undefined;
afterEach(() => repo?.end());

const C_FILE = `#include <linux/mm.h>

/* What a hint may ask for. */
static int check(int op)
{
	return op < 4;
}

struct hint {
	int op;
};

static int run(void)
{
	int ret = check(1);

	if (ret)
		return ret;
	return 0;
}
`;
const KCONFIG = 'config HBF\n\tbool "hints"\n\n\thelp\n\t  Text.\n\nsource "x"\n';
const BEFORE: Tree = { "mm/Kconfig": ["100644", 'source "x"\n'], README: ["100644", "one\n"] };
const AFTER: Tree = {
  "mm/Kconfig": ["100644", KCONFIG],
  README: ["100755", "one\ntwo"],
  "mm/hbf.c": ["100644", C_FILE],
  "Documentation/hbf.rst": ["100644", "text\n"],
};

function make(before: Tree = BEFORE, after: Tree = AFTER): TestRepo {
  repo?.end();
  repo = makeRepo([{ tree: before }, { tree: after }]);
  return repo;
}

const show = (rev: string): string => gitIn(repo?.dir ?? "", ["show", rev]);
const problemOf = async (commits: readonly unknown[], on = make()): Promise<string> => {
  const refs = gitIn(on.dir, ["for-each-ref"]);
  try {
    await splitTip(on, commits);
  } catch (error) {
    expect(gitIn(on.dir, ["for-each-ref"])).toBe(refs);
    return (error as Error).message;
  }
  return "none";
};

test("a plan takes by path, symbol, pattern, hunk and lines, and names the rest", async () => {
  const { dir, git } = make();
  const files = await readChanges(git, "main~1", "main");
  const readme = files.find((file) => file.new?.path === "README")?.units ?? [];
  const end = gitIn(dir, ["rev-parse", "main^{tree}"]);
  const done = await splitTip(repo ?? make(), [
    { message: "docs", take: [{ path: "Documentation/**" }] },
    {
      message: "check",
      take: [
        { symbol: "check", path: "mm/*.c" },
        { pattern: "include <linux", below: 1 },
      ],
    },
    { message: "hint", take: [{ symbol: "hint" }, { symbol: "HBF" }] },
    { message: "mode", take: [{ hunk: readme[0]?.id }] },
    { message: "two", take: [{ hunk: readme[1]?.id, lines: 1 }] },
    { message: "rest", take: [{ rest: "mm/" }] },
  ]);
  expect(done.commits).toHaveLength(6);
  expect(gitIn(dir, ["rev-parse", "main^{tree}"])).toBe(end);
  expect(show("main~4:mm/hbf.c")).toBe(C_FILE.slice(0, C_FILE.indexOf("struct")).trimEnd());
  expect(show("main~3:mm/hbf.c")).toBe(C_FILE.slice(0, C_FILE.indexOf("static int run")).trimEnd());
  expect(show("main~3:mm/Kconfig")).toBe(KCONFIG.trimEnd());
  expect(gitIn(dir, ["ls-tree", "main~3", "README"])).toContain("100644");
  expect(gitIn(dir, ["ls-tree", "main~2", "README"])).toContain("100755");
  expect(show("main~2:README")).toBe("one");
  expect(show("main~1:README")).toBe("one\ntwo");
  expect(gitIn(dir, ["status", "--porcelain"]).includes("mm/hbf.c")).toBe(true);
});

test("a split of a clean checked out branch leaves worktree and index clean", async () => {
  const { dir } = make();
  gitIn(dir, ["reset", "-q", "--hard"]);
  await splitTip(repo ?? make(), [
    { message: "docs", take: [{ path: "Documentation/" }] },
    { message: "rest", take: [{ rest: "**" }] },
  ]);
  expect(gitIn(dir, ["status", "--porcelain"])).toBe("");
});

test("a dry run proves all and writes nothing", async () => {
  const { dir } = make();
  const objects = gitIn(dir, ["count-objects", "-v"]);
  const all = [{ message: "rest", take: [{ rest: "**" }] }];
  const done = await splitTip(repo ?? make(), all, { dryRun: true });
  expect(done.changes).toHaveLength(1);
  expect(gitIn(dir, ["count-objects", "-v"])).toBe(objects);
  expect(gitIn(dir, ["for-each-ref"]).split("\n")).toHaveLength(1);
});

test("the same plan gives the same ids again, and then nothing moves", async () => {
  make();
  const plan = [
    { message: "docs", date: "2025-11-22T01:02:03-02:30", take: [{ path: "Documentation/" }] },
    { message: "rest", take: [{ rest: "**" }] },
  ];
  const into = "refs/rfckit/demo/v1";
  const first = await splitTip(repo ?? make(), plan, { into });
  const second = await splitTip(repo ?? make(), plan, { into });
  expect(second.commits).toEqual(first.commits);
  expect(second.changes).toEqual([]);
  expect(gitIn(repo?.dir ?? "", ["show", "-s", "--format=%ai|%ci", `${into}~1`])).toBe(
    "2025-11-22 01:02:03 -0230|2025-11-22 01:02:03 -0230",
  );
});

test("several commits become one, and their author must be clear", async () => {
  const other = "O Ther <other@rfckit.invalid> 1600000000 +0000";
  repo = makeRepo([
    { tree: {} },
    { tree: { a: ["100644", "x\n"] }, author: other },
    { tree: { a: ["100644", "y\n"] } },
  ]);
  const base = gitIn(repo.dir, ["rev-parse", "main~2"]);
  const first = gitIn(repo.dir, ["rev-parse", "main~1"]);
  const commit = { message: "one", take: [{ rest: "**" }] };
  await expect(splitTip(repo, [commit], { base })).rejects.toMatchObject({
    code: "split-author-unclear",
  });
  await splitTip(repo, [{ ...commit, from: first }], { base });
  expect(gitIn(repo.dir, ["show", "-s", "--format=%an %at"])).toBe("O Ther 1600000000");
});

test("the encoding of a commit holds for the messages of its parts", async () => {
  const latin = { encoding: "ISO-8859-1", message: "\xe4\n" };
  repo = makeRepo([{ tree: {} }, { tree: { a: ["100644", "x\n"] }, ...latin }]);
  await splitTip(repo, [{ message: "b\u00e4r\n", take: [{ path: "a" }] }]);
  expect(gitIn(repo.dir, ["cat-file", "commit", "main"])).toContain("ISO-8859-1\n\nb\xe4r");
  await expect(
    splitTip(repo, [{ message: "\u4e2d\n", take: [{ path: "a" }] }]),
  ).rejects.toMatchObject({ code: "message-not-encodable" });
});

test.each<[string, readonly unknown[], string]>([
  [
    "a stale id",
    [{ message: "m", take: [{ hunk: "0123456789ab" }, { rest: "**" }] }],
    "plan.yaml:1:44: no change has the id '0123456789ab'",
  ],
  [
    "what nobody takes",
    [{ message: "m", take: [{ path: "mm/**" }] }],
    "no commit takes Documentation/hbf.rst",
  ],
  [
    "what is taken twice",
    [
      { message: "m", take: [{ rest: "**" }, { path: "mm/hbf.c" }] },
      { message: "n", take: [{ symbol: "check" }] },
    ],
    "takes again what commit 1 takes: mm/hbf.c",
  ],
  [
    "a pattern for nothing",
    [{ message: "m", take: [{ pattern: "nowhere" }, { rest: "**" }] }],
    "the pattern 'nowhere' matches no change",
  ],
  [
    "a broken pattern",
    [{ message: "m", take: [{ pattern: "(" }, { rest: "**" }] }],
    "unterminated group",
  ],
  [
    "a commit without a change",
    [
      { message: "m", take: [{ rest: "**" }] },
      { message: "n", take: [{ rest: "**" }] },
    ],
    "takes again",
  ],
])("%s is told with its place", async (_, commits, words) => {
  expect(await problemOf(commits)).toContain(words);
  expect(await problemOf(commits)).toMatch(/^plan\.yaml:\d+:\d+: /);
});

test("a pattern that takes exponential time is ended", async () => {
  make({}, { a: ["100644", `${"a".repeat(60)}!\n`] });
  const evil = [{ message: "m", take: [{ pattern: "^(a+)+$" }, { rest: "**" }] }];
  expect(await problemOf(evil, repo)).toContain("takes more than 1000 ms");
});

test("a line after the end without newline needs that end first", async () => {
  make({ a: ["100644", "one"] }, { a: ["100644", "one\ntwo\n"] });
  const [file] = await readChanges(repo?.git ?? make().git, "main~1", "main");
  const id = file?.units[0]?.id;
  const late = [
    { message: "two", take: [{ hunk: id, lines: "3" }] },
    { message: "one", take: [{ rest: "**" }] },
  ];
  expect(await problemOf(late, repo)).toContain(
    "commit 1 adds line 3 of change '" +
      id +
      "' ('a') after line 1, which has no newline until commit 2",
  );
  const { commits } = await splitTip(repo ?? make(), late.toReversed());
  expect(commits).toHaveLength(2);
});

test("a folder cannot come while its name is a file", async () => {
  make({ a: ["100644", "x\n"] }, { "a/b": ["100644", "y\n"] });
  const early = [
    { message: "new", take: [{ path: "a/b" }] },
    { message: "old", take: [{ path: "a" }] },
  ];
  expect(await problemOf(early, repo)).toContain(
    "commit 1 needs the folder of 'a/b' where 'a' is still a file until commit 2",
  );
  expect(
    (await splitCommits(requestOf(repo ?? make(), planOf(early.toReversed())))).commits,
  ).toHaveLength(2);
});

test("a renamed file can be edited before and after it moves", async () => {
  const text = Array.from({ length: 30 }, (_, at) => `line ${at}\n`).join("");
  const edited = text.replace("line 3\n", "first\n").replace("line 20\n", "second\n");
  const { dir, git } = make({ old: ["100644", text] }, { "new/name": ["100755", edited] });
  const [file] = await readChanges(git, "main~1", "main");
  const [rename, mode, first, second] = file?.units ?? [];
  expect([rename?.kind, mode?.kind]).toEqual(["rename", "mode"]);
  await splitTip(repo ?? make(), [
    { message: "1", take: [{ hunk: first?.id }] },
    { message: "2", take: [{ hunk: rename?.id }] },
    { message: "3", take: [{ hunk: second?.id }, { hunk: mode?.id }] },
  ]);
  expect(show("main~2:old")).toBe(text.replace("line 3\n", "first\n").trimEnd());
  expect(gitIn(dir, ["ls-tree", "-r", "--name-only", "main~1"])).toBe("new/name");
  expect(gitIn(dir, ["log", "--format=%s", "--follow", "--", "new/name"])).toContain("2");
});

test("a file of many lines and many hunks is split, too", async () => {
  const lines = Array.from({ length: 150_000 }, (_, at) => `line ${at}\n`);
  const edited = lines.map((line, at) => (at % 30 === 0 ? "edited\n" : line));
  make({ a: ["100644", lines.join("")] }, { a: ["100644", edited.join("")] });
  await splitTip(repo ?? make(), [
    { message: "new", take: [{ pattern: "^edited" }] },
    { message: "old", take: [{ rest: "**" }] },
  ]);
  expect(show("main~1:a")).toHaveLength(lines.join("").length + 5_000 * 7 - 1);
});
