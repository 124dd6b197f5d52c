import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import type { ScriptRequest } from "../tree-effects.ts";
import { d01KernelDoc } from "./d01-kernel-doc.ts";

const BASE = "0".repeat(40);

/** Says that 'b' is not described wherever it stands in the text. */
const fakeScript = async ({ files }: ScriptRequest) => {
  const lines = Object.entries(files).flatMap(([path, text]) =>
    /\bb\b/.test(text) ? [`${path}:11: warning: Function parameter 'b' not described in 'f'`] : [],
  );
  return { code: 0, stdout: "", stderr: lines.join("\n"), command: "kernel-doc" };
};
const judgeTexts = (before: string, after: string, runScript = fakeScript) =>
  judge(d01KernelDoc, {
    patches: [{ diff: changeFile("mm/a.c", "/** f() - words */") }],
    context: {
      effects: { runScript, textAt: async (commit) => (commit === BASE ? before : after) },
    },
  });

test("a new defect is found at its line, an old one is not", async () => {
  expect(await judgeTexts("/** a */", "/** b */")).toEqual(["fail", "0001.patch:17"]);
  expect(await judgeTexts("/** b */", "/** b */")).toEqual(["pass"]);
  expect(await judgeTexts("", "/* b */")).toEqual(["pass"]);
});

test("each version of a file is given to the script alone, and once", async () => {
  const given: string[][] = [];
  const runScript = async (call: ScriptRequest) => {
    given.push(Object.keys(call.files));
    return await fakeScript(call);
  };
  expect(await judgeTexts("/** a */", "/** b */", runScript)).toEqual(["fail", "0001.patch:17"]);
  expect(given).toEqual([["mm/rfckit_control.c"], ["0/mm/a.c"], ["1/mm/a.c"]]);
});

test("a script that finds no seeded defect is not believed", async () => {
  const blind = async () => ({ code: 0, stdout: "", stderr: "", command: "" });
  expect(await judgeTexts("", "/** b */", blind)).toEqual(["not-run"]);
});
