import { expect, test } from "vitest";
import { patchOf } from "../../../tests/support/judge-text.ts";
import { changeFile, writeMail } from "../../../tests/support/patch-mails.ts";
import { ToolError } from "../../lib/error.ts";
import { findUnfit } from "./unfit-mails.ts";

const BASE = "ab".repeat(20);
const failed = new ToolError("'0001.patch' does not apply: file 'mm/a.c', hunk 1 of 1", {
  kind: "user",
  code: "patch-does-not-apply",
});
const mailOn = (base?: string): string => {
  const mail = writeMail({}, "[PATCH]");
  return base === undefined ? mail : mail.replace("\n-- \n", `\nbase-commit: ${base}\n-- \n`);
};
const judge = (text: string | Uint8Array, error: ToolError | undefined) =>
  findUnfit({ patches: [patchOf(text, 1, 1)], cover: undefined, base: BASE, failed: error });

test("what applies, and what names this base, can be judged", () => {
  expect(judge(mailOn(), undefined)).toBeUndefined();
  expect(judge(mailOn("cd".repeat(20)), undefined)).toBeUndefined();
  expect(judge(mailOn(BASE), failed)).toBeUndefined();
});

test.each([
  [undefined, "and name no base"],
  ["cd".repeat(20), `and are made on '${"cd".repeat(20)}'`],
])("what does not apply and is for base %s cannot", (base, words) => {
  const error = judge(mailOn(base), failed);
  expect(error).toMatchObject({ kind: "environment", code: "wrong-base" });
  expect(error?.message).toContain(words);
  expect(error?.message).toContain("hunk 1 of 1");
});

test("other reasons why patches make no commits are findings", () => {
  const other = new ToolError("no hunks", { kind: "user", code: "patch-without-diff" });
  expect(judge(mailOn(), other)).toBeUndefined();
});

test("a message has to be UTF-8, a file of the kernel need not be", () => {
  const latin = (draft: Parameters<typeof writeMail>[0]) =>
    Buffer.from(writeMail(draft, "[PATCH]"), "latin1");
  expect(judge(latin({ message: "caf\u00e9" }), undefined)).toMatchObject({ code: "not-utf8" });
  expect(judge(latin({ subject: "mm: caf\u00e9" }), undefined)).toMatchObject({ code: "not-utf8" });
  const diff = changeFile("mm/a.c", "int a;", "/* caf\u00e9 */");
  expect(judge(latin({ diff }), undefined)).toBeUndefined();
});
