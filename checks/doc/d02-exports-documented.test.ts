import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { d02ExportsDocumented } from "./d02-exports-documented.ts";

const judgeFile = (text: string) =>
  judge(d02ExportsDocumented, {
    patches: [{ diff: changeFile("mm/a.c", "EXPORT_SYMBOL_GPL(hbf_hint);") }],
    context: { effects: { textAt: async () => text } },
  });

test("an export without a comment is found", async () => {
  expect(await judgeFile("int hbf_hint(void)\n")).toEqual(["fail", "0001.patch:17"]);
  expect(await judgeFile("/**\n * hbf_hints - words\n */\n")).toEqual(["fail", "0001.patch:17"]);
  expect(await judgeFile("/**\n * hbf_hint() - words\n */\nint hbf_hint(void)")).toEqual(["pass"]);
});
