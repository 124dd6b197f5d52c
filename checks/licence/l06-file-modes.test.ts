import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { newFile } from "../../tests/support/patch-mails.ts";
import { l06FileModes } from "./l06-file-modes.ts";

test.each([
  ["a new source file", newFile("mm/a.c", "int a;", "100755")],
  ["a link", newFile("mm/a.c", "../b.c", "120000")],
  ["a change", "diff --git a/mm/a.c b/mm/a.c\nold mode 100644\nnew mode 100755\n"],
])("%s that is executable is found", async (_, diff) => {
  expect(await judgeOne(l06FileModes, { diff })).toEqual(["fail", "0001.patch:12"]);
});

test("an executable script and a plain file pass", async () => {
  const diff = `${newFile("a.sh", "#!/bin/sh\n", "100755")}${newFile("mm/a.c", "int a;")}`;
  expect(await judgeOne(l06FileModes, { diff })).toEqual(["pass"]);
});
