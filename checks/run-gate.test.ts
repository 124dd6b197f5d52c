import { expect, test } from "vitest";
import { createContext } from "../tests/support/review-context.ts";
import { ToolError } from "../tools/lib/error.ts";
import type { ReviewContext } from "./context.ts";
import type { Check, CheckResult, Verdict } from "./contract.ts";
import { type GateOptions, judgeGate, runGate } from "./run-gate.ts";

const resultOf = (verdict: Verdict): CheckResult => ({ verdict, diagnostics: [], summary: "" });

function createCheck(id: string, run: () => CheckResult): Check<ReviewContext> & { runs: number } {
  const check = {
    id,
    title: id,
    why: "",
    source: "project",
    cost: "instant" as const,
    page: { fix: "", bad: "", good: "" },
    runs: 0,
    inputs: async () => ["input"],
    run: async () => {
      check.runs += 1;
      return run();
    },
  };
  return check;
}

function createOptions(checks: Check<ReviewContext>[], codeKey = "code"): GateOptions {
  return {
    checks,
    store,
    codeKey,
    isStrict: false,
    now: () => 0,
    signal: new AbortController().signal,
    atOnce: 2,
    onStart: () => {},
    onEntry: () => {},
  };
}

const memory = new Map<string, CheckResult>();
const store = {
  get: async (key: string) => memory.get(key),
  put: async (key: string, result: CheckResult) => void memory.set(key, result),
};

const ATTEST: Verdict = { kind: "attest", statement: "s" };
const NOT_RUN: Verdict = { kind: "not-run", missing: "m", howToGet: "h" };
const ERROR: Verdict = { kind: "error", message: "e" };
const PASS: Verdict = { kind: "pass" };
const FAIL: Verdict = { kind: "fail" };

test("a good result is remembered, and forgotten when rfckit's own code changes", async () => {
  const check = createCheck("remembered", () => resultOf({ kind: "pass" }));
  await runGate(createContext(), createOptions([check]));
  const again = await runGate(createContext(), createOptions([check]));
  expect(again[0]?.fromCache).toBe(true);
  expect(check.runs).toBe(1);
  await runGate(createContext(), createOptions([check], "other code"));
  expect(check.runs).toBe(2);
});

test.each([{ kind: "fail" } as const, NOT_RUN, ERROR])("$kind is not remembered", async (bad) => {
  const check = createCheck(`bad-${bad.kind}`, () => resultOf(bad));
  await runGate(createContext(), createOptions([check]));
  await runGate(createContext(), createOptions([check]));
  expect(check.runs).toBe(2);
});

test("what the machine lacks is not-run, what broke is error, and the rest still runs", async () => {
  const lacking = createCheck("lacking", () => {
    throw new ToolError("no qemu", { kind: "environment", code: "x", hints: ["install it"] });
  });
  const broken = createCheck("broken", () => {
    throw new ToolError("disk full", { kind: "infra", code: "y" });
  });
  const fine = createCheck("fine", () => resultOf({ kind: "pass" }));
  const entries = await runGate(createContext(), createOptions([lacking, broken, fine]));
  expect(entries.map((entry) => entry.result.verdict.kind)).toEqual(["not-run", "error", "pass"]);
});

test("short checks run side by side, long ones alone after them, and the order stays", async () => {
  const running = new Set<string>();
  const most = { short: 0, long: 0 };
  const slow = (id: string, cost: "seconds" | "minutes"): Check<ReviewContext> => ({
    ...createCheck(id, () => resultOf(PASS)),
    cost,
    run: async () => {
      running.add(id);
      const kind = cost === "minutes" ? "long" : "short";
      most[kind] = Math.max(most[kind], running.size);
      await new Promise((done) => setTimeout(done, 5));
      running.delete(id);
      return resultOf(PASS);
    },
  });
  const checks = [
    slow("l1", "minutes"),
    ...["a", "b", "c", "d", "e"].map((id) => slow(id, "seconds")),
    slow("l2", "minutes"),
  ];
  const entries = await runGate(createContext(), createOptions(checks, "side by side"));
  expect(most).toEqual({ short: 2, long: 1 });
  expect(entries.map(({ check }) => check.id)).toEqual(checks.map(({ id }) => id));
});

test("a defect of ours is thrown, never reported as a result", async () => {
  const check = createCheck("defect", () => {
    throw new TypeError("undefined is not a function");
  });
  const after = createCheck("after", () => resultOf(PASS));
  const checks = [check, createCheck("beside", () => resultOf(PASS)), after];
  await expect(runGate(createContext(), createOptions(checks))).rejects.toThrow(TypeError);
  expect(after.runs).toBe(0);
});

test.each([
  [[{ kind: "pass" }], "ready"],
  [[{ kind: "pass" }, ATTEST], "ready-to-attest"],
  [[{ kind: "pass" }, NOT_RUN], "not-run"],
  [[ATTEST, NOT_RUN, ERROR], "error"],
  [[ERROR, { kind: "fail" }], "not-ready"],
  [[], "not-run"],
] as [Verdict[], string][])("the whole of %j is %s", (verdicts, whole) => {
  const entries = verdicts.map((verdict) => ({
    check: { id: "x", title: "", why: "", source: "" },
    result: resultOf(verdict),
    fromCache: false,
    durationMs: 0,
  }));
  expect(judgeGate(entries)).toBe(whole);
});

test("strict: a warning and what nobody has stated are findings, and places are turned", async () => {
  const place = { file: "0001.patch", line: 3 };
  const warning = { id: "w", severity: "warning", what: "x", why: "y", place } as const;
  const warns = createCheck("warns", () => ({
    ...resultOf({ kind: "pass" }),
    diagnostics: [warning],
  }));
  const attests = createCheck("attests", () => resultOf(ATTEST));
  const run = async (isStrict: boolean) =>
    await runGate(createContext(), {
      ...createOptions([warns, attests], `strict ${isStrict}`),
      isStrict,
      placeOf: (one) => ({ ...one, line: (one.line ?? 0) + 10 }),
    });
  const strict = await run(true);
  expect(strict.map(({ result }) => result.verdict.kind)).toEqual(["fail", "fail"]);
  expect(strict[0]?.result.diagnostics[0]?.place?.line).toBe(13);
  expect(strict[1]?.result.diagnostics[0]?.what).toBe("nobody has stated s");
  const lenient = await run(false);
  expect(lenient.map(({ result }) => result.verdict.kind)).toEqual(["pass", "attest"]);
});

test.each([
  ["series", [PASS], "ready"],
  ["patches", [PASS], "clean"],
  ["patches", [PASS, NOT_RUN], "not-run"],
  ["texts", [PASS, NOT_RUN], "clean"],
  ["texts", [NOT_RUN], "not-run"],
  ["texts", [PASS, NOT_RUN, ERROR], "error"],
  ["texts", [FAIL, NOT_RUN], "not-ready"],
] as const)("judged as %s, %j is %s", (judgedAs, verdicts, whole) => {
  const entries = verdicts.map((verdict) => {
    const check = createCheck("any", () => resultOf(verdict));
    return { check, result: resultOf(verdict), fromCache: false, durationMs: 0 };
  });
  expect(judgeGate(entries, judgedAs)).toBe(whole);
});
