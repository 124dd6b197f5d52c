import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { s22MoveWithoutEdits } from "./s22-move-without-edits.ts";

const code = (edited: number) =>
  Array.from({ length: 20 }, (_, at) => `\tvalue = step(${at + (at < edited ? 100 : 0)});`);
const move = (edited: number) =>
  changeFile("mm/a.c", code(0).join("\n"))
    .replaceAll(/^\+\t/gm, "-\t")
    .replace("-10,2 +10,22", "-10,22 +10,2") + changeFile("mm/b.c", code(edited).join("\n"));

test("a move with edits is warned of at the file that it goes to", async () => {
  const found = await judgeOne(s22MoveWithoutEdits, { diff: move(6) });
  expect(found).toEqual(["pass", "warning 0001.patch:38"]);
});

test("a move alone, and edits alone, pass", async () => {
  expect(await judgeOne(s22MoveWithoutEdits, { diff: move(1) })).toEqual(["pass"]);
  expect(await judgeOne(s22MoveWithoutEdits, { diff: move(20) })).toEqual(["pass"]);
});
