import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { d07ParametersDocumented } from "./d07-parameters-documented.ts";

const CODE = [
  ['__setup("hbf=", f);', "hbf"],
  ['early_param("hbf", f);', "hbf"],
  ['\tproc_create("hbf-state", 0444, NULL, &ops);', "hbf-state"],
  ['\t\t.procname = "hbf_limit",', "hbf_limit"],
] as const;

test.each(CODE)("%j without a document is found", async (code) => {
  const diff = changeFile("mm/a.c", code);
  expect(await judgeOne(d07ParametersDocumented, { diff })).toEqual(["fail", "0001.patch:17"]);
});

test.each(CODE)("%j with one passes", async (code, name) => {
  const doc = changeFile("Documentation/admin-guide/kernel-parameters.txt", `\t${name}=\t[MM]`);
  const diff = `${changeFile("mm/a.c", code)}${doc}`;
  expect(await judgeOne(d07ParametersDocumented, { diff })).toEqual(["pass"]);
});
