import { expect, test } from "vitest";
import { messageOf } from "../../tests/support/judge-static.ts";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile, newFile } from "../../tests/support/patch-mails.ts";
import type { ProgramBuild } from "../../tools/lib/kernel/link-program.ts";
import { f01SelftestsBuild } from "./f01-selftests-build.ts";

const BASE = "0".repeat(40);
const PATH = "tools/testing/selftests/mm/a.c";
const GOOD: ProgramBuild = { messages: [], missing: [] };
const BAD: ProgramBuild = { messages: [messageOf("compiler", 11, PATH)], missing: [] };
const judgeBuild = (tip: ProgramBuild, base: ProgramBuild, diff = changeFile(PATH, "int a;")) =>
  judge(f01SelftestsBuild, {
    patches: [{ diff }],
    context: { effects: { buildProgram: async (commit) => (commit === BASE ? base : tip) } },
  });

test("an error is found at its line of the patch, unless the base has it too", async () => {
  expect(await judgeBuild(BAD, GOOD)).toEqual(["fail", "0001.patch:17"]);
  expect(await judgeBuild(GOOD, GOOD)).toEqual(["pass"]);
  expect(await judgeBuild(BAD, BAD)).toEqual(["pass"]);
  expect(await judgeBuild(BAD, BAD, newFile(PATH, "int a;\n"))).toEqual(["fail", "0001.patch:11"]);
  expect(await judgeBuild(BAD, GOOD, changeFile("mm/a.c", "int a;"))).toEqual(["pass"]);
});

test("a test that needs what this machine lacks is not run", async () => {
  const lacking = { messages: [], missing: ["libnuma"] };
  await expect(judgeBuild(lacking, GOOD)).rejects.toThrow("not built without libnuma");
});
