import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { m17ImperativeSubject } from "./m17-imperative-subject.ts";

test.each([
  ["mm: hbf: added a device"],
  ["mm: Fixes a leak"],
  ["mm: dropping the lock"],
  ["mm: uses folios"],
  ["mm: add a device."],
  ["mm/hbf.c: add a device"],
])("'%s' is found", async (subject) => {
  expect(await judgeOne(m17ImperativeSubject, { subject })).toEqual(["fail", "0001.patch:4"]);
});

test("'this patch' is found, a first person is pointed at", async () => {
  const message = "Why.\nThis patch adds it.\nWe add it.";
  const found = await judgeOne(m17ImperativeSubject, { message });
  expect(found).toEqual(["fail", "0001.patch:7", "warning 0001.patch:8"]);
});

test.each([["mm: use folios"], ["mm: fix the use of this"], ["mm: test the checks..."]])(
  "'%s' passes",
  async (subject) => {
    expect(await judgeOne(m17ImperativeSubject, { subject })).toEqual(["pass"]);
  },
);
