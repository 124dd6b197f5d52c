import { afterEach, expect, test } from "vitest";
import { makeRepo, type TestRepo, type Tree } from "../../../tests/support/split-repo.ts";
import { type FileChange, pathOf, showPath } from "./change.ts";
import { readChanges } from "./read-changes.ts";

let repo: TestRepo | undefined;
afterEach(() => repo?.end());

async function changesOf(before: Tree, after: Tree): Promise<FileChange[]> {
  repo?.end();
  repo = makeRepo([{ tree: before }, { tree: after }]);
  return await readChanges(repo.git, "main~1", "main");
}

const kindsOf = (files: readonly FileChange[]): string[] =>
  files.map(
    (file) => `${showPath(pathOf(file))}: ${file.units.map((unit) => unit.kind).join(" ")}`,
  );
const idsOf = (files: readonly FileChange[]): string[] =>
  files.flatMap((file) => file.units.map((unit) => unit.id));
const numbered = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, at) => `line ${from + at}\n`).join("");

test("each way in which a file can change is told apart", async () => {
  const long = numbered(1, 20);
  const before: Tree = {
    binary: ["100644", "\0a"],
    gone: ["100644", "gone\n"],
    "gone-empty": ["100644", ""],
    mode: ["100644", "x\n"],
    moved: ["100644", long],
    "moved-edited": ["100644", `${long}a\n`],
    type: ["100644", "x\n"],
    link: ["120000", "a"],
    "mode-edited": ["100644", "x\n"],
  };
  const after: Tree = {
    binary: ["100644", "\0b"],
    mode: ["100755", "x\n"],
    "moved-to": ["100644", long],
    "moved-edited-to": ["100644", `${long}b\n`],
    type: ["120000", "x"],
    link: ["120000", "b"],
    "mode-edited": ["100755", "y\n"],
    "new-empty": ["100644", ""],
    "q\xff": ["100644", "x\n"],
    "new-binary": ["100644", "\0c"],
  };
  expect(kindsOf(await changesOf(before, after)).sort()).toEqual([
    '"q\\377": hunk',
    "binary: content",
    "gone-empty: delete",
    "gone: hunk",
    "link: content",
    "mode-edited: mode hunk",
    "mode: mode",
    "moved-edited-to: rename hunk",
    "moved-to: rename",
    "new-binary: create",
    "new-empty: create",
    "type: content",
  ]);
});

test("lines that look like a patch, CR, raw bytes and no final newline stay in their hunk", async () => {
  const odd = "@@ -1 +1 @@\ndiff --git a/x b/x\n--- a/x\r\n\xff\xfe\n-- \nlast";
  const [file, ...more] = await changesOf({ a: ["100644", "one\n"] }, { a: ["100644", odd] });
  expect(more).toEqual([]);
  const [hunk] = file?.units ?? [];
  if (hunk?.kind !== "hunk") throw new Error("no hunk");
  expect(Buffer.concat([...hunk.added]).toString("latin1")).toBe(odd);
  expect(Buffer.concat([...hunk.removed]).toString("latin1")).toBe("one\n");
});

test("ids survive a rebase: other lines, other files and other places do not change them", async () => {
  const edit = (text: string): string => text.replace("line 30\n", "line 30\nnew\n");
  const [here] = idsOf(
    await changesOf({ a: ["100644", numbered(1, 40)] }, { a: ["100644", edit(numbered(1, 40))] }),
  );
  const there = await changesOf(
    { a: ["100644", numbered(5, 60)], b: ["100644", "x\n"] },
    { a: ["100644", edit(numbered(5, 60)).replace("line 9\n", "changed\n")], b: ["100644", "y\n"] },
  );
  expect(idsOf(there)).toContain(here);
});

test("equal hunks of a file have ids of their own, by context, then by order", async () => {
  const base = `${numbered(1, 9)}same\nsame\nsame\nsame\nsame\nsame\nsame\nsame\nsame\n`;
  const lines = base.split("\n");
  const after = [...lines];
  after.splice(14, 0, "new");
  after.splice(12, 0, "new");
  after.splice(3, 0, "new");
  const ids = idsOf(await changesOf({ a: ["100644", base] }, { a: ["100644", after.join("\n")] }));
  expect(ids).toHaveLength(3);
  expect(new Set(ids).size).toBe(3);
  expect(new Set(ids.map((id) => id.slice(0, 12))).size).toBe(1);
  expect(ids[1]).toMatch(/\.1$/);
  expect(ids[2]).toMatch(/\.2$/);
});

test("the repository's own configuration and attributes do not change what is read", async () => {
  const [before, after] = [
    numbered(1, 9),
    numbered(1, 9).replace("line 3", "x").replace("line 7", "y"),
  ];
  const plain = idsOf(await changesOf({ a: ["100644", before] }, { a: ["100644", after] }));
  for (const [name, value] of [
    ["diff.noprefix", "true"],
    ["diff.renames", "copies"],
    ["diff.context", "9"],
    ["diff.interHunkContext", "9"],
    ["diff.algorithm", "patience"],
    ["diff.external", "/bin/false"],
    ["color.ui", "always"],
    ["diff.orderFile", "/nonexistent"],
  ]) {
    await repo?.git.bytes(["config", name ?? "", value ?? ""]);
  }
  expect(repo && idsOf(await readChanges(repo.git, "main~1", "main"))).toEqual(plain);
});
