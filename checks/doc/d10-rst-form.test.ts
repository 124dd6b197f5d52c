import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { changeFile, newFile } from "../../tests/support/patch-mails.ts";
import { d10RstForm } from "./d10-rst-form.ts";

const SPDX = ".. SPDX-License-Identifier: GPL-2.0";
const judge = (text: string, path = "Documentation/mm/a.rst") =>
  judgeOne(d10RstForm, { diff: newFile(path, text) });

test.each([
  ["no SPDX", "Title\n=====\n", 17],
  ["a short underline", `${SPDX}\n\nTitle\n====\n`, 20],
  ["a short overline", `${SPDX}\n\n====\nTitle\n====\n`, 21],
  ["a short underline of a section", `${SPDX}\n\nText.\n\nSection\n------\n\nText.`, 22],
])("%s is found", async (_, text, line) => {
  expect(await judge(text)).toEqual(["fail", `0001.patch:${line}`]);
});

test("whole underlines, tables, other files and old titles pass", async () => {
  const table = "====  ====\nA     B\n====  ====\n";
  expect(await judge(`${SPDX}\n\n=====\nTitle\n=====\n\n${table}`)).toEqual(["pass"]);
  expect(await judge("Title\n===\n", "a.txt")).toEqual(["pass"]);
  const diff = changeFile("a.rst", "Text.", "Title", "===");
  expect(await judgeOne(d10RstForm, { diff })).toEqual(["pass"]);
});
