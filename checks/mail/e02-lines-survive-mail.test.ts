import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { e02LinesSurviveMail } from "./e02-lines-survive-mail.ts";

test("a line of 999 bytes is found, counted in bytes", async () => {
  const diff = changeFile("mm/a.c", "\u00e4".repeat(499));
  expect(await judgeOne(e02LinesSurviveMail, { diff })).toEqual(["fail", "0001.patch:17"]);
});

test("a body line that starts with 'From ' is found", async () => {
  const message = "Why.\nFrom here on it is held.";
  expect(await judgeOne(e02LinesSurviveMail, { message })).toEqual(["fail", "0001.patch:7"]);
});

test("998 bytes and a 'From' in a diff pass", async () => {
  const diff = changeFile("mm/a.c", `${"a".repeat(997)}\nFrom here on`);
  expect(await judgeOne(e02LinesSurviveMail, { diff, message: "From: here" })).toEqual(["pass"]);
});
