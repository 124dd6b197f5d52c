import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import type { ScriptRequest } from "../tree-effects.ts";
import { t08NoDuplicates } from "./t08-no-duplicates.ts";

const BASE = "0".repeat(40);

/** As scripts/checkincludes.pl, on the texts that it is given. */
const fakeScript = async ({ files }: ScriptRequest) => {
  const lines = Object.entries(files).flatMap(([path, text]) => {
    const headers = [...text.matchAll(/^#include <(.+)>$/gm)].map(([, header]) => header);
    const twice = headers.filter((header, at) => headers.indexOf(header) !== at);
    return twice.map((header) => `${path}: ${header} is included more than once.`);
  });
  return { code: 0, stdout: lines.join("\n"), stderr: "", command: "checkincludes.pl" };
};

const judgeText = (before: string, after: string, runScript = fakeScript) =>
  judge(t08NoDuplicates, {
    patches: [{ diff: changeFile("mm/a.c", "#include <linux/mm.h>\nstruct a;") }],
    context: {
      effects: {
        runScript,
        textAt: async (commit) => (commit === BASE ? before : after),
      },
    },
  });
const ONE = "#include <linux/mm.h>\n";

test("a double that the patch adds is found, one that was there before is not", async () => {
  expect(await judgeText(ONE, ONE + ONE)).toEqual(["fail", "0001.patch:17"]);
  expect(await judgeText("", "struct a;\nstruct a;\n")).toEqual(["fail", "0001.patch:18"]);
  expect(await judgeText(ONE + ONE, ONE + ONE)).toEqual(["pass"]);
  expect(await judgeText("", ONE)).toEqual(["pass"]);
});

test("a script that finds no seeded double is not believed", async () => {
  const blind = async () => ({ code: 0, stdout: "", stderr: "", command: "" });
  expect(await judgeText("", ONE, blind)).toEqual(["not-run"]);
});
