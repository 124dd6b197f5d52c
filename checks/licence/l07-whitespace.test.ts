import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { changeFile, newFile } from "../../tests/support/patch-mails.ts";
import { l07Whitespace } from "./l07-whitespace.ts";

test.each([
  ["trailing space", "int a; "],
  ["a DOS line end", "int a;\r"],
  ["a space before a tab", " \tint a;"],
  ["a conflict marker", "<<<<<<< HEAD"],
  ["a divider", "======="],
])("%s is found", async (_, text) => {
  const diff = changeFile("mm/a.c", text);
  expect(await judgeOne(l07Whitespace, { diff })).toEqual(["fail", "0001.patch:17"]);
});

test("an empty line at the end of a file is found", async () => {
  const found = await judgeOne(l07Whitespace, { diff: newFile("mm/a.c", "int a;\n\n") });
  expect(found).toEqual(["fail", "0001.patch:18"]);
});

test("old lines, good indents and an underlined title pass", async () => {
  const diff = changeFile("mm/a.c", "\t  int a;\n\nint b;", "old ", "old\t");
  const title = newFile("a.rst", "Bananas\n=======");
  expect(await judgeOne(l07Whitespace, { diff: `${diff}${title}` })).toEqual(["pass"]);
});
