import fc from "fast-check";
import { expect, test } from "vitest";
import { loadSplitPlan, parseSplitPlan } from "./load-split-plan.ts";

const problemOf = (take: string, more = ""): string => {
  try {
    parseSplitPlan(`commits:\n  - message: m\n${more}    take:\n      - ${take}\n`, "p.yaml");
  } catch (error) {
    expect(error).toMatchObject({ code: "split-plan-invalid", kind: "config" });
    return (error as Error).message;
  }
  return "none";
};

test.each([
  ["{ path: mm/** }", "none"],
  ["{ path: [mm/**, a] }", "none"],
  ["{ hunk: 0123456789ab-0123.2, lines: '1-3, 7' }", "none"],
  ["{ rest: '**' }", "none"],
  ["{ pth: mm }", "p.yaml:4:9: 'commits.0.take.0' has no key named 'pth'"],
  ["{ hunk: 01 }", "p.yaml:4:17: 'commits.0.take.0.hunk': not a hunk id in quotes"],
  ["{ path: ../x }", "p.yaml:4:17: 'commits.0.take.0.path': "],
  ["{ path: /x }", "p.yaml:4:17: "],
  ["{ rest: '**', symbol: x }", "p.yaml:4:9: 'commits.0.take.0': takes by symbol and by rest"],
  ["{ lines: 3 }", "p.yaml:4:9: 'commits.0.take.0': says nothing to take"],
  ["{ path: x, lines: 3 }", "p.yaml:4:27: 'commits.0.take.0.lines': lines need a hunk"],
  ["{ hunk: 0123456789ab, lines: 9-3 }", "does not end before it begins"],
  ["{ hunk: 0123456789ab, lines: 0 }", "p.yaml:4:38: "],
  ["{ hunk: 0123456789ab, path: x }", "a path goes alone"],
  ["{ path: x, above: 2 }", "above and below need a pattern"],
  ["{ symbol: 'a b' }", "not a C or Kconfig symbol"],
  [`{ pattern: ${"x".repeat(201)} }`, "p.yaml:4:20: "],
])("%s: %s", (take, problem) => {
  expect(problemOf(take)).toContain(problem);
});

test("a date needs its offset, a commit its message and what it takes", () => {
  expect(problemOf("{ rest: '**' }", "    date: 2025-11-22T00:00:00\n")).toContain(
    "not a date and time",
  );
  expect(() => parseSplitPlan("commits: []\n", "p")).toThrow(/p:1:10/);
  expect(() => parseSplitPlan("commits: [{ message: ' ', take: [{ rest: x }] }]\n", "p")).toThrow(
    /needs a message/,
  );
  expect(() => parseSplitPlan("", "p")).toThrow(/p:1:1/);
});

test("no text makes the parser fail in another way than split-plan-invalid", () => {
  const good =
    "commits:\n  - message: m\n    take:\n      - { path: mm/** }\n      - { lines: 1 }\n";
  const noise = fc.tuple(fc.nat(good.length), fc.string({ unit: "binary", maxLength: 12 }));
  fc.assert(
    fc.property(noise, ([at, text]) => {
      try {
        parseSplitPlan(good.slice(0, at) + text + good.slice(at + 1), "f");
      } catch (error) {
        expect(error).toMatchObject({ code: "split-plan-invalid", kind: "config" });
        expect((error as Error).message).toMatch(/^f:\d+:\d+: /);
      }
    }),
    { numRuns: 300 },
  );
});

test("a missing plan names the command that writes one", async () => {
  await expect(loadSplitPlan("/nonexistent/plan.yaml")).rejects.toMatchObject({
    code: "split-plan-missing",
    hints: [expect.stringContaining("--propose")],
  });
});
