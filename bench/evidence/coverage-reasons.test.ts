import { expect, test } from "vitest";
import { reasonFor } from "./coverage-reasons.ts";

test("a line that waits for the lock has a reason", () => {
  expect(reasonFor("if (mmap_read_lock_killable(mm))")).toContain("fatal signal");
});

test("a check of a hint has none: a vector has to reach it", () => {
  expect(reasonFor("if (hint->flags)")).toBe("none is known");
});
