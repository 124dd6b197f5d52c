import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile, newFile } from "../../tests/support/patch-mails.ts";
import { f02SelftestWired } from "./f02-selftest-wired.ts";

const MM = "tools/testing/selftests/mm";
const NET = "tools/testing/selftests/net";
const program = (dir: string) => newFile(`${dir}/hbf_ctl.c`, "int main(void)\n{\n}");
const makefile = (dir: string, name = "hbf_ctl") =>
  changeFile(`${dir}/Makefile`, `TEST_GEN_FILES += ${name}`);
const ignore = (dir: string) => changeFile(`${dir}/.gitignore`, "hbf_ctl");
const RUNNER = changeFile(`${MM}/run_vmtests.sh`, 'CATEGORY="hbf" run_test ./hbf_ctl');

const judgeDiffs = (...diffs: string[]) =>
  judge(f02SelftestWired, { patches: diffs.map((diff) => ({ diff })) });

test.each([
  ["the Makefile", [ignore(MM), RUNNER]],
  ["the Makefile, which has a longer name", [makefile(MM, "hbf_ctl2"), ignore(MM), RUNNER]],
  [".gitignore", [makefile(MM), RUNNER]],
  ["the runner", [makefile(MM), ignore(MM)]],
])("a test that is not in %s is found", async (_, diffs) => {
  expect(await judgeDiffs(program(MM), ...diffs)).toEqual(["fail", "0001.patch:11"]);
});

test("a wired test passes, and only mm has that runner", async () => {
  expect(await judgeDiffs(program(MM), makefile(MM), ignore(MM), RUNNER)).toEqual(["pass"]);
  expect(await judgeDiffs(program(NET), makefile(NET), ignore(NET))).toEqual(["pass"]);
});

test("a file without main() is no program", async () => {
  expect(await judgeDiffs(newFile(`${MM}/util.c`, "int f(void);"))).toEqual(["pass"]);
});
