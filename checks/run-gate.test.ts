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
    now: () => 0,
    signal: new AbortController().signal,
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

test("a defect of ours is thrown, never reported as a result", async () => {
  const check = createCheck("defect", () => {
    throw new TypeError("undefined is not a function");
  });
  await expect(runGate(createContext(), createOptions([check]))).rejects.toThrow(TypeError);
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
