import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m08FixesForm } from "./m08-fixes-form.ts";

const tagged = (value: string) => ({ message: `Why.\n\nFixes: ${value}` });

test.each([
  ['1234567 ("mm: a")'],
  ["123456789012 mm: a"],
  ["123456789012 (mm: a)"],
  ['123456789012 ("mm: a subject\nthat is folded")'],
  ['commit 123456789012 ("mm: a")'],
])("%j is found", async (value) => {
  expect(await judgeOne(m08FixesForm, tagged(value))).toEqual(["fail", "0001.patch:8"]);
});

test("the form that git log writes passes", async () => {
  const value = '123456789012 ("mm: say "no" (twice)")';
  expect(await judgeOne(m08FixesForm, tagged(value))).toEqual(["pass"]);
});
