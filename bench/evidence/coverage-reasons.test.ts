import { expect, test } from "vitest";
import { reasonFor, uncoveredAt } from "./coverage-reasons.ts";

const SOURCE = [
  "static const int limits[] = { 1, 2 };",
  "",
  "static int hbf_check_range(struct mm_struct *mm, u32 op,",
  "\t\t\t   unsigned long len)",
  "{",
  "\tif (mmap_read_lock_killable(mm))",
  "\t\treturn -EINTR;",
  "}",
  "static int __init hbf_init(void)",
  "{",
  "\tif (ret)",
];

test("the function of a line is found", () => {
  expect(uncoveredAt(SOURCE, 6).fn).toBe("hbf_check_range");
  expect(uncoveredAt(SOURCE, 11)).toEqual({ fn: "hbf_init", code: "if (ret)" });
  expect(uncoveredAt(SOURCE, 1).fn).toBe("");
});

test("a line that waits for the lock has a reason", () => {
  expect(reasonFor(uncoveredAt(SOURCE, 6))).toContain("killed");
});

test("equal lines of different functions have different reasons", () => {
  const code = "if (ret)";
  expect(reasonFor({ fn: "hbf_init", code })).toContain("at boot");
  expect(reasonFor({ fn: "hbf_count", code })).toContain("before v3");
  expect(reasonFor({ fn: "hbf_do_hint", code })).toBe("none is known");
});

test("a check of a hint has none: a vector has to reach it", () => {
  expect(reasonFor({ fn: "hbf_check_hint", code: "if (hint->flags)" })).toBe("none is known");
});
