import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { newFile } from "../../tests/support/patch-mails.ts";
import { f03SelftestForm } from "./f03-selftest-form.ts";

const DIR = "tools/testing/selftests/mm";
const judge = (path: string, text: string, mode?: string) =>
  judgeOne(f03SelftestForm, { diff: newFile(`${DIR}/${path}`, text, mode) });
const GOOD = '#include "../kselftest.h"\nint main(void)\n\tksft_exit_skip("no");';

test.each([
  ["no TAP", "a.c", GOOD.replace("../kselftest.h", "stdio.h")],
  ["no skip", "a.c", GOOD.replace("ksft_exit_skip", "puts")],
  ["a script that cannot be executed", "a.sh", "#!/bin/sh"],
])("%s is found", async (_, path, text) => {
  expect(await judge(path, text)).toEqual(["fail", "0001.patch:11"]);
});

test("a good test, a part without main, and an executable script pass", async () => {
  expect(await judge("a.c", GOOD)).toEqual(["pass"]);
  expect(await judge("util.c", "int f(void);")).toEqual(["pass"]);
  expect(await judge("a.sh", "#!/bin/sh", "100755")).toEqual(["pass"]);
});
