import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { newFile } from "../../tests/support/patch-mails.ts";
import { l05NoGeneratedFiles } from "./l05-no-generated-files.ts";

const judge = (path: string) => judgeOne(l05NoGeneratedFiles, { diff: newFile(path, "x") });

test.each([["mm/a.o"], ["mm/a.c.orig"], ["mm/a.c.rej"], [".config"], ["mm/a.c~"], ["mm/a.mod.c"]])(
  "'%s' is found",
  async (path) => {
    expect(await judge(path)).toEqual(["fail", "0001.patch:11"]);
  },
);

test.each([
  ["mm/a.c"],
  ["mm/.gitignore"],
  ["tools/testing/selftests/mm/config"],
  ["arch/x86/a.S"],
  ["scripts/modules.py"],
])("'%s' passes", async (path) => {
  expect(await judge(path)).toEqual(["pass"]);
});
