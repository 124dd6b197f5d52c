import { expect, test } from "vitest";
import { messageOf } from "../../tests/support/judge-static.ts";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { f01SelftestsBuild } from "./f01-selftests-build.ts";

const PATH = "tools/testing/selftests/mm/a.c";
const judgeErrors = (path: string, isBroken: boolean) =>
  judge(f01SelftestsBuild, {
    patches: [{ diff: changeFile(path, "int a;") }],
    context: {
      effects: { compileProgram: async () => (isBroken ? [messageOf("compiler", 11, path)] : []) },
    },
  });

test("an error is found at its line of the patch", async () => {
  expect(await judgeErrors(PATH, true)).toEqual(["fail", "0001.patch:17"]);
  expect(await judgeErrors(PATH, false)).toEqual(["pass"]);
  expect(await judgeErrors("mm/a.c", true)).toEqual(["pass"]);
});
