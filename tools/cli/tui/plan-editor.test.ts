import { expect, test } from "vitest";
import type { FileChange } from "../../lib/split/change.ts";
import {
  isChanged,
  type KeyPress,
  openPlanEditor,
  type PlanEditor,
  pressKey,
} from "./plan-editor.ts";

const file = (path: string, ids: string): FileChange => {
  const side = { path, mode: "100644", blob: "1".repeat(40) };
  const units = [...ids].map((id, at) => ({
    kind: "hunk" as const,
    id: id.repeat(12),
    oldStart: at,
    newStart: at * 10,
    removed: [],
    added: [Buffer.from(`int ${id};\n`)],
  }));
  return { old: side, new: side, oldLines: [], newLines: [], units };
};

const FILES = [file("mm/a.c", "ab"), file("mm/b.c", "c")];
const PLAN = `commits:
  - message: |
      mm: one

      Why.
    take:
      - path: mm/a.c
  - message: "mm: two"
    take: []
`;

const start = (): PlanEditor => openPlanEditor(PLAN, "plan.yaml", FILES, false);
const named: Readonly<Record<string, KeyPress>> = {
  "^": { name: "up", text: "" },
  v: { name: "down", text: "" },
  "\n": { name: "return", text: "" },
  "~": { name: "backspace", text: "" },
  "!": { name: "escape", text: "" },
};
/** Types a string; `v` and `^` go down and up. */
const type = (from: PlanEditor, keys: string): PlanEditor =>
  [...keys].reduce((editor, key) => pressKey(editor, named[key] ?? { text: key }), from);
const rows = ({ tree }: PlanEditor): string[] => tree.rows.map(({ text }) => text);

test("changes go to commits by number, by side and to nobody", () => {
  expect(rows(start())).toEqual([
    "unassigned: 1",
    "mm/b.c +1 :1 int c;",
    "1. mm: one (2)",
    "mm/a.c +1 :1 int a;",
    "mm/a.c +1 :11 int b;",
    "2. mm: two (0)",
  ]);
  const two = type(start(), "v2");
  expect(rows(two).slice(-2)).toEqual(["2. mm: two (1)", "mm/b.c +1 :1 int c;"]);
  expect(two.status).toBe("1 change now in commit 2");
  expect(two.text).toContain("- hunk: cccccccccccc");
  expect(two.tree.problems).toEqual([]);
  expect(rows(type(start(), "vvv>"))).toContain("2. mm: two (1)");
  expect(rows(type(start(), "vvvu"))[0]).toBe("unassigned: 2");
  expect(type(start(), "v9").status).toBe("there is no commit 9: n makes one");
  expect(type(start(), "2").status).toBe("go to a change first, or mark some");
});

test("marked changes go together", () => {
  const all = type(start(), "vvvf2");
  expect(all.status).toBe("2 changes now in commit 2");
  expect(rows(all)).toContain("1. mm: one (0)");
  expect(all.marked.size).toBe(0);
  expect(type(start(), "vvv   ").marked.size).toBe(2);
  expect(type(start(), "vvvff").marked.size).toBe(0);
});

test("a commit is made, and gets another subject while its text stays", () => {
  const made = type(start(), "nmm: thx~ree\n");
  expect(rows(made).at(-1)).toBe("3. mm: three (0)");
  expect(type(start(), "nmm!").typing).toBeUndefined();
  expect(type(start(), "n\n").status).toBe("a commit needs a subject");
  const renamed = type(start(), "vvmmm: other\n");
  expect(renamed.plan.value.commits[0]?.message).toBe("mm: other\n\nWhy.\n");
});

test("what is not written is not left by one key", () => {
  expect(type(start(), "q").wants).toBe("leave");
  const changed = type(start(), "v2q");
  expect(isChanged(changed)).toBe(true);
  expect(changed.wants).toBeUndefined();
  expect(changed.status).toContain("not written yet");
  expect(type(changed, "q").wants).toBe("leave");
  expect(type(changed, "vq").wants).toBeUndefined();
  expect(type(changed, "w").wants).toBe("write");
});
