import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { d08ModuleParameters } from "./d08-module-parameters.ts";

const judge = (text: string) => judgeOne(d08ModuleParameters, { diff: changeFile("mm/a.c", text) });

test.each([["module_param(limit, uint, 0444);"], ["module_param_named(limit, x, uint, 0444);"]])(
  "'%s' alone, or with the words for another, is found",
  async (code) => {
    expect(await judge(code)).toEqual(["fail", "0001.patch:17"]);
    expect(await judge(`${code}\nMODULE_PARM_DESC(limits, "x");`)).toEqual([
      "fail",
      "0001.patch:17",
    ]);
  },
);

test("a described parameter passes", async () => {
  const text = 'module_param(limit, uint, 0444);\nMODULE_PARM_DESC(limit, "x");';
  expect(await judge(text)).toEqual(["pass"]);
});
