import { describe, expect, test } from "vitest";
import { createGateReport, type GateReport } from "./gate-report.ts";
import { REPORTERS } from "./index.ts";

type Entry = Parameters<typeof createGateReport>[0][number];

const entry = (id: string, result: Entry["result"]): Entry => {
  const check = { id, title: `title of <${id}>`, why: "why", source: "project" };
  return { check, result, fromCache: false, durationMs: 1500 };
};
const finding = (line: number, severity: "error" | "warning" | "info" = "error") => ({
  id: "t01-checkpatch/SPACING",
  severity,
  what: 'say "no" to <a> & 100% | #1\n::error::injected',
  why: "why",
  fix: { text: "change the commit" },
  place: { file: "patches/v1/0001 x.patch", line, column: 2 },
});

const report = (diagnostics = [finding(9, "warning"), finding(7)]): GateReport =>
  createGateReport(
    [
      entry("s03-short", { verdict: { kind: "pass" }, diagnostics: [], summary: "1 patches" }),
      entry("m01-signed", {
        verdict: { kind: "attest", statement: "that you may" },
        diagnostics: [],
        summary: "0 of 1",
      }),
      entry("k02-off", {
        verdict: { kind: "waived", reason: "for\nthe test", who: "A" },
        diagnostics: [],
        summary: "1 findings",
      }),
      entry("t01-checkpatch", { verdict: { kind: "fail" }, diagnostics, summary: "2 findings" }),
      entry("b01-builds", {
        verdict: { kind: "error", message: "disk full" },
        diagnostics: [],
        summary: "disk full",
      }),
      entry("x07-model", {
        verdict: { kind: "not-run", missing: "no qemu", howToGet: "install it" },
        diagnostics: [],
        summary: "no qemu",
      }),
    ],
    {
      rfckit: "0.1.0",
      profile: { name: "ci", isWhole: false },
      series: { name: "hbf", stage: "v1", base: "0".repeat(40), judgedAs: "series", patches: [] },
      verdict: "not-ready",
    },
  );

const render = (format: string, of = report()): string => REPORTERS[format]?.(of) ?? "";

test.each(["jsonl", "github", "junit", "ktap", "markdown", "sarif"])("%s", (format) => {
  expect(render(format)).toMatchSnapshot();
});

test("every line of jsonl is one value, and together they are the report", () => {
  const lines = render("jsonl").trimEnd().split("\n");
  const values = lines.map((line) => JSON.parse(line) as { type: string });
  expect(values.map(({ type }) => type)).toEqual(["head", ...Array(6).fill("check"), "verdict"]);
});

describe("github", () => {
  test("text of a patch can't begin a command", () => {
    const starts = render("github")
      .split("\n")
      .filter((line) => line.startsWith("::"));
    expect(starts).toHaveLength(4);
    expect(render("github")).not.toContain("\n::error::injected");
  });

  test("the ten gravest are shown, the rest is counted", () => {
    const many = Array.from({ length: 20 }, (_, at) => finding(at + 1, at < 15 ? "info" : "error"));
    const lines = render("github", report(many)).trimEnd().split("\n");
    expect(lines.filter((line) => line.startsWith("::error"))).toHaveLength(7);
    expect(lines.filter((line) => line.startsWith("::notice"))).toHaveLength(4);
    expect(lines.at(-2)).toContain("12 more");
  });
});

test("junit has no character that XML can't have, and counts what did not run as errors", () => {
  const bad = [{ ...finding(1), what: "a \u001b[0m \u0000 b" }];
  const xml = render("junit", report(bad));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
  expect(xml).toContain('tests="6" failures="1" errors="2" skipped="1"');
});

test("sarif says that the run was not whole, and every result has its rule", () => {
  const { runs } = JSON.parse(render("sarif")) as {
    runs: {
      tool: { driver: { rules: { id: string }[] } };
      invocations: { executionSuccessful: boolean; toolExecutionNotifications: object[] }[];
      results: { ruleId: string; rule: { index: number } }[];
    }[];
  };
  const [run] = runs;
  expect(run?.invocations[0]?.executionSuccessful).toBe(false);
  expect(run?.invocations[0]?.toolExecutionNotifications).toHaveLength(2);
  for (const { ruleId, rule } of run?.results ?? []) {
    expect(ruleId.split("/")[0]).toBe(run?.tool.driver.rules[rule.index]?.id);
  }
});

test("ktap is not ok for what did not run", () => {
  const lines = render("ktap").split("\n");
  expect(lines.filter((line) => line.startsWith("not ok"))).toHaveLength(3);
  expect(lines[1]).toBe("1..6");
});
