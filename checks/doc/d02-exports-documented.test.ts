import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { d02ExportsDocumented } from "./d02-exports-documented.ts";

const DESCRIBED = "/**\n * hbf_hint() - words\n */\nint hbf_hint(void)";
const judgeFile = (text: string, pages = 1) =>
  judge(d02ExportsDocumented, {
    patches: [{ diff: changeFile("mm/a.c", "EXPORT_SYMBOL_GPL(hbf_hint);") }],
    context: {
      effects: {
        textAt: async () => text,
        searchAt: async (_commit, pattern) => {
          const page = { path: "Documentation/core-api/a.rst", line: 1, text: "words" };
          return new RegExp(pattern).test(".. kernel-doc:: mm/a.c") ? Array(pages).fill(page) : [];
        },
      },
    },
  });

test("an export without a comment is found", async () => {
  expect(await judgeFile("int hbf_hint(void)\n")).toEqual(["fail", "0001.patch:17"]);
  expect(await judgeFile("/**\n * hbf_hints - words\n */\n")).toEqual(["fail", "0001.patch:17"]);
  expect(await judgeFile(DESCRIBED)).toEqual(["pass"]);
});

test("a description that no page includes is a warning", async () => {
  expect(await judgeFile(DESCRIBED, 0)).toEqual(["pass", "warning 0001.patch:17"]);
});
