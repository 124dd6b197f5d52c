import { describe, expect, test } from "vitest";
import { createGateReport, gateReportSchema } from "./gate-report.ts";
import { REPORTERS } from "./index.ts";
import { parseOutputs } from "./outputs.ts";
import { renderText } from "./text.ts";

const check = (id: string) => ({ id, title: `title of ${id}`, why: "why", source: "project" });
const report = createGateReport(
  [
    {
      check: check("s23-round-trip"),
      result: { verdict: { kind: "pass" }, diagnostics: [], summary: "9 patches, identical" },
      fromCache: true,
      durationMs: 3,
    },
    {
      check: check("m01-author-sign-off"),
      result: {
        verdict: { kind: "attest", statement: "that you may submit this" },
        diagnostics: [],
        summary: "0 of 9 patches signed off",
      },
      fromCache: false,
      durationMs: 0.4,
    },
    {
      check: check("t01-checkpatch"),
      result: {
        verdict: { kind: "fail" },
        diagnostics: [
          {
            id: "t01-checkpatch/SPACING",
            severity: "error",
            what: "space required",
            why: "the submit checklist",
            fix: { text: "change the commit", command: "perl checkpatch.pl" },
            place: { file: "patches/v1/0001-x.patch", line: 23, column: 1, patch: "1/9" },
          },
        ],
        summary: "9 patches, 1 findings, 0 waived",
        logFile: "/cache/log",
        command: "rfckit ready",
      },
      fromCache: false,
      durationMs: 1234,
    },
    {
      check: check("x07-model-conformance"),
      result: {
        verdict: { kind: "not-run", missing: "no qemu", howToGet: "sudo apt-get install qemu" },
        diagnostics: [],
        summary: "no qemu",
      },
      fromCache: false,
      durationMs: 2,
    },
  ],
  {
    rfckit: "0.1.0",
    profile: { name: "rfc", isWhole: true },
    series: {
      name: "hbf",
      stage: "v1",
      base: "0".repeat(40),
      judgedAs: "series",
      patches: [{ position: "1/1", file: "patches/v1/0001-x.patch", subject: "mm: x" }],
    },
    verdict: "not-ready",
  },
);

test("text is one line a finding, one a check, one for the whole", () => {
  expect(renderText(report)).toMatchInlineSnapshot(`
    "patches/v1/0001-x.patch:23:1: error: space required [t01-checkpatch/SPACING]
        fix: change the commit
        try: perl checkpatch.pl

    pass    s23-round-trip: 9 patches, identical [cached]
    attest  m01-author-sign-off: 0 of 9 patches signed off [0.0 s]
            state: that you may submit this
    fail    t01-checkpatch: 9 patches, 1 findings, 0 waived [1.2 s]
            log: /cache/log
            repeat: rfckit ready
    not-run x07-model-conformance: no qemu [0.0 s]
            missing: no qemu
            try: sudo apt-get install qemu

    hbf v1 (1 patches): not ready
    "
  `);
});

test("json is the published form and nothing is lost", () => {
  const parsed: unknown = JSON.parse(REPORTERS["json"]?.(report) ?? "");
  expect(gateReportSchema.parse(parsed)).toEqual(report);
  expect(parsed).toMatchObject({ schemaVersion: 1, verdict: "not-ready" });
});

describe("--format", () => {
  test("takes a file, which may hold an equals sign", () => {
    expect(parseOutputs(["text", "json=a=b.json"])).toEqual([
      { format: "text", file: undefined },
      { format: "json", file: "a=b.json" },
    ]);
  });

  test.each([[["yaml"]], [["json="]], [["text", "json"]], [[""]]])("refuses %j", (values) => {
    expect(() => parseOutputs(values)).toThrow();
  });
});

const render = (format: string, of: typeof report): string => REPORTERS[format]?.(of) ?? "";

test("what needs a tree is no failure of single patches, where none was given", () => {
  const checks = report.checks.filter(({ verdict }) => verdict.kind !== "fail");
  const texts = { ...report, checks, verdict: "clean" } as const;
  expect(render("junit", texts)).toContain('failures="0" errors="0" skipped="2"');
  expect(render("ktap", texts)).toContain("ok 3 x07-model-conformance # SKIP not run: no qemu");
  expect(render("github", texts)).not.toContain("::error");
  expect(render("sarif", texts)).toContain('"executionSuccessful": true');
  const series = { ...texts, verdict: "not-run" } as const;
  expect(render("junit", series)).toContain('errors="1" skipped="1"');
  expect(render("ktap", series)).toContain("not ok 3 x07-model-conformance");
  expect(render("github", series)).toContain("::error title=x07-model-conformance");
  expect(render("sarif", series)).toContain('"executionSuccessful": false');
});
