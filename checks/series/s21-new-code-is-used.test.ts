import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { s21NewCodeIsUsed } from "./s21-new-code-is-used.ts";

const judgeUse = (code: string, ...uses: string[]) =>
  judge(s21NewCodeIsUsed, {
    patches: [{ diff: changeFile("mm/a.c", code) }],
    context: {
      effects: {
        searchAt: async () => uses.map((text) => ({ path: "mm/b.c", line: 1, text })),
      },
    },
  });

test("a function that is only defined, declared and exported is found", async () => {
  const code = "int hbf_open(struct file *file)\n{\n}";
  const only = ["int hbf_open(struct file *file)", "EXPORT_SYMBOL(hbf_open);", " * hbf_open"];
  expect(await judgeUse(code, ...only)).toEqual(["fail", "0001.patch:17"]);
  expect(await judgeUse("struct page *hbf_open(void)")).toEqual(["fail", "0001.patch:17"]);
});

test("a caller, a table, and static functions pass", async () => {
  const code = "int hbf_open(struct file *file)\n{\n}";
  expect(await judgeUse(code, "\treturn hbf_open(file);")).toEqual(["pass"]);
  expect(await judgeUse(code, "\t.open = hbf_open,")).toEqual(["pass"]);
  expect(await judgeUse("static int hbf_open(void)")).toEqual(["pass"]);
});
