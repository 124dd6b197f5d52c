import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s07BaseCommit } from "./s07-base-commit.ts";

const cover = (last: string) => `mm: a\n\nOne.\n\n${last}\n`;

test.each([
  ["none", "Two.", "0000.patch:1"],
  ["a short one", `base-commit: ${"0".repeat(12)}`, "0000.patch:1"],
  ["another than the base", `base-commit: ${"1".repeat(40)}`, "0000.patch:8"],
])("%s is found", async (_, last, place) => {
  expect(await judge(s07BaseCommit, { cover: cover(last) })).toEqual(["fail", place]);
});

test("the base passes, in the cover letter or in the only patch", async () => {
  const line = `base-commit: ${"0".repeat(40)}`;
  expect(await judge(s07BaseCommit, { cover: cover(line) })).toEqual(["pass"]);
  const alone = { cover: null, patches: [{ notes: line }] };
  expect(await judge(s07BaseCommit, alone)).toEqual(["pass"]);
});
