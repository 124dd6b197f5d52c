import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import ajv04 from "ajv-draft-04";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { createGateReport, type GateReport, renderGateReportSchema } from "./gate-report.ts";
import { REPORTERS } from "./index.ts";
import { writeOutputs } from "./outputs.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const SCHEMA = JSON.parse(
  readFileSync(join(ROOT, "tests/fixtures/sarif/sarif-schema-2.1.0.json"), "utf8"),
) as object;

const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("", "::error::", "]]>", "# "));
const line = fc.integer({ min: 1, max: 9999 });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const place = fc.record(
  { file: text, line, column: line, patch: fc.constant("1/2") },
  { requiredKeys: [] },
);
const diagnostic = fc.record(
  {
    id: fc.constantFrom("m15-subject-length", "t01-checkpatch/SPACING"),
    severity: fc.constantFrom("error" as const, "warning" as const, "info" as const),
    what: text,
    why: text,
    fix: fc.record({ text }),
    place,
  },
  { requiredKeys: ["id", "severity", "what", "why"] },
);
const verdict = fc.oneof(
  fc.record({ kind: fc.constantFrom("pass" as const, "fail" as const) }),
  fc.record({ kind: fc.constant("waived" as const), reason: text, who: text }),
  fc.record({ kind: fc.constant("attest" as const), statement: text }),
  fc.record({ kind: fc.constant("not-run" as const), missing: text, howToGet: text }),
  fc.record({ kind: fc.constant("error" as const), message: text }),
);
const entry = fc.record({
  check: fc.record({
    id: fc.constantFrom("a01-x", "b02-y", "c03-z", "d04-w"),
    title: text,
    why: text,
    source: text,
  }),
  result: fc.record({
    verdict,
    diagnostics: fc.array(diagnostic, { maxLength: 4 }),
    summary: text,
  }),
  fromCache: fc.boolean(),
  durationMs: fc.nat(),
  logFile: optional(text),
});
const head: Parameters<typeof createGateReport>[1] = {
  rfckit: "0.1.0",
  profile: { name: "rfc", isWhole: true },
  series: {
    name: "hbf",
    stage: "v1",
    base: "0".repeat(40),
    judgedAs: "series",
    patches: [],
  },
  verdict: "not-ready",
};
// A check is in a report once, which SARIF asks of rules too.
const report = fc
  .uniqueArray(entry, { maxLength: 4, selector: ({ check }) => check.id })
  .map((entries) => createGateReport(entries, head));
const render = (format: string, of: GateReport): string => REPORTERS[format]?.(of) ?? "";
const always = (holds: (one: GateReport) => void): void =>
  fc.assert(fc.property(report, holds), { numRuns: 200 });

describe("whatever a report holds", () => {
  test("sarif is valid by the schema of SARIF 2.1.0", () => {
    const validate = new ajv04.default({
      strict: false,
      validateFormats: false,
      unicodeRegExp: false,
    }).compile(SCHEMA);
    always((one) => {
      validate(JSON.parse(render("sarif", one)));
      expect(validate.errors).toBeNull();
    });
    const broken = JSON.parse(render("sarif", createGateReport([], head))) as { runs: object[] };
    expect(validate({ ...broken, runs: [{}] })).toBe(false);
  });

  test("json is valid by the published schema", () => {
    const validate = new Ajv2020().compile(JSON.parse(renderGateReportSchema()) as object);
    always((one) => {
      validate(JSON.parse(render("json", one)));
      expect(validate.errors).toBeNull();
    });
    expect(validate({ schemaVersion: 1 })).toBe(false);
  });

  test("ktap has one plan and as many results, and nothing else but diagnostics", () => {
    always((one) => {
      const [version, plan, ...lines] = render("ktap", one).trimEnd().split("\n");
      expect(version).toBe("KTAP version 1");
      expect(plan).toBe(`1..${one.checks.length}`);
      const results = lines.filter((it) => !it.startsWith("# "));
      const numbers = results.map((it) => /^(?:not )?ok (\d+) [a-z0-9-]+ #.*$/.exec(it)?.[1]);
      expect(numbers).toEqual(one.checks.map((_, at) => String(at + 1)));
    });
  });

  test("no line of github begins a command of a patch's own", () => {
    always((one) => {
      for (const it of render("github", one).split("\n")) {
        // A runner ends lines at CR and LF alone; `.` would stop at U+2028 too.
        expect(it).toMatch(/^(?:::(?:error|warning|notice) [^\r\n]*|hbf v1: not-ready|)$/);
      }
    });
  });
});

test.each(Object.keys(REPORTERS))(
  "%s shows no byte that moves a cursor or hides text",
  (format) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
    const what = "a \u001b[31m red \u009b1m \u202e\u0007 thing";
    const one = fc.sample(entry, 1)[0];
    if (one === undefined) throw new Error("no sample");
    const found = { id: "a01-x", severity: "error", what, why: what } as const;
    const verdict = { kind: "fail" } as const;
    const result = { ...one.result, verdict, diagnostics: [found], summary: what };
    const made = createGateReport([{ ...one, result }], head);
    expect(render(format, made)).not.toMatch(hidden);
    expect(render(format, made)).toContain("thing");
  },
);

test("junit is well-formed XML of the elements that readers know", () => {
  const samples = fc.sample(report, 40).map((one) => render("junit", one));
  const program = [
    "import json,sys",
    "import xml.etree.ElementTree as E",
    "for text in json.load(sys.stdin):",
    "  top = E.fromstring(text.encode())",
    "  assert top.tag == 'testsuites', top.tag",
    "  for suite in top:",
    "    cases = suite.findall('testcase')",
    "    count = lambda tag: str(sum(case.find(tag) is not None for case in cases))",
    "    assert suite.get('tests') == str(len(cases))",
    "    assert suite.get('failures') == count('failure')",
    "    assert suite.get('errors') == count('error')",
    "    assert suite.get('skipped') == count('skipped')",
    "print('read')",
  ].join("\n");
  const input = JSON.stringify(samples);
  expect(execFileSync("python3", ["-c", program], { input, encoding: "utf8" })).toBe("read\n");
});

test("the github format puts everything into the summary of the step, after what is there", async () => {
  const summary = join(await scratchDir(), "summary.md");
  const outputs = [{ format: "github", file: undefined }];
  const context = { cwd: "/", env: { GITHUB_STEP_SUMMARY: summary }, stdout: () => {} };
  const one = createGateReport([], head);
  await writeOutputs(one, outputs, context);
  await writeOutputs(one, outputs, context);
  const markdown = render("markdown", one);
  expect(await readFile(summary, "utf8")).toBe(`${markdown}${markdown}`);
});
