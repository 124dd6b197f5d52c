import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s03AtMost15Patches } from "./s03-at-most-15-patches.ts";

const series = (count: number) => ({ patches: Array.from({ length: count }, () => ({})) });

test("the sixteenth patch is one too many", async () => {
  expect(await judge(s03AtMost15Patches, series(16))).toEqual(["fail", "0016.patch:4"]);
});

test("fifteen are not", async () => {
  expect(await judge(s03AtMost15Patches, series(15))).toEqual(["pass"]);
});
