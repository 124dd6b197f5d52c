import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m15SubjectLength } from "./m15-subject-length.ts";

const subject = (length: number) => `mm: ${"a".repeat(length - 4)}`;

test("76 characters are found, folded or not", async () => {
  expect(await judgeOne(m15SubjectLength, { subject: subject(76) })).toEqual([
    "fail",
    "0001.patch:4",
  ]);
  const folded = `${subject(40)}\n ${"b".repeat(40)}`;
  expect(await judgeOne(m15SubjectLength, { subject: folded })).toEqual(["fail", "0001.patch:4"]);
});

test("75 pass, whatever stands in the brackets", async () => {
  expect(await judgeOne(m15SubjectLength, { subject: subject(75) })).toEqual(["pass"]);
});
