import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { d09SysctlDocumented } from "./d09-sysctl-documented.ts";

const judgePage = (page: string, path = "mm/a.c") =>
  judge(d09SysctlDocumented, {
    patches: [{ diff: changeFile(path, '\t\t.procname = "hbf_limit",') }],
    context: { effects: { textAt: async () => page } },
  });

test("a sysctl without its section is found", async () => {
  expect(await judgePage("hbf_limit is a number\n")).toEqual(["fail", "0001.patch:17"]);
  expect(await judgePage("hbf_limit\n=========\n")).toEqual(["pass"]);
  expect(await judgePage("", "net/a.c")).toEqual(["pass"]);
});
