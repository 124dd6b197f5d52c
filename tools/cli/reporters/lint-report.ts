import * as z from "zod";
import type { DocRule } from "../../../checks/doc/doc-rule.ts";
import { isDocProfile, rulesFor } from "../../../checks/doc/profiles.ts";
import { diagnostic, type GateReport } from "./gate-report.ts";
import { REPORTERS } from "./index.ts";

/** The form of a lint report; `docs/reference/lint-report.schema.json` is made from it. */
export const lintReportSchema = z.object({
  schemaVersion: z.literal(1),
  rfckit: z.string(),
  /** `kernel`, `rfc` or `project`; `by-kind` when each document had the usual one of its kind. */
  profile: z.string(),
  files: z.int(),
  findings: z.array(diagnostic),
  /** Rules that did not run for some files, with what they lacked. */
  notRun: z.array(z.object({ rules: z.array(z.string()), missing: z.string() })),
  /** How many changes `--fix` made. */
  fixed: z.int(),
});

export type LintReport = z.infer<typeof lintReportSchema>;

/** JSON Schema of the report, as text with a final newline. */
export function renderLintReportSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(lintReportSchema), null, 2)}\n`;
}

/** Renders a lint report in one of the formats of the gate but text. */
export function renderLintReport(report: LintReport, format: string): string {
  if (format === "json") {
    return `${JSON.stringify(lintReportSchema.parse(report), null, 2)}\n`;
  }
  return REPORTERS[format]?.(asGateReport(report)) ?? "";
}

/** The rules as the checks of a gate, so that every reporter can show them. */
function asGateReport({ rfckit, profile, findings, notRun, files }: LintReport): GateReport {
  const lacking = new Map(notRun.flatMap(({ rules, missing }) => rules.map((it) => [it, missing])));
  const known = rulesOf(profile).map(({ id, title, source }) => ({ id, title, source }));
  const others = [...new Set(findings.map(({ id }) => id))]
    .filter((id) => !known.some((rule) => rule.id === id))
    .map((id) => ({ id, title: "documents can be read", source: "project" }));
  const checks = [...known, ...others].map((rule) => {
    const own = findings.filter(({ id }) => id === rule.id);
    return {
      ...rule,
      verdict: verdictOf(own.length, lacking.get(rule.id)),
      summary: `${files} files, ${own.length} findings`,
      fromCache: false,
      durationMs: 0,
      diagnostics: own,
    };
  });
  const verdict = findings.length > 0 ? "not-ready" : lacking.size > 0 ? "not-run" : "clean";
  return {
    schemaVersion: 1,
    rfckit,
    profile: { name: profile, isWhole: true },
    series: { name: "documents", stage: profile, base: "", judgedAs: "texts", patches: [] },
    verdict,
    checks,
  };
}

function rulesOf(profile: string): readonly DocRule[] {
  if (isDocProfile(profile)) return rulesFor("rst", profile);
  return [...new Set([...rulesFor("rst", undefined), ...rulesFor("md", undefined)])];
}

function verdictOf(
  count: number,
  missing: string | undefined,
): GateReport["checks"][number]["verdict"] {
  if (count > 0) return { kind: "fail" };
  if (missing === undefined) return { kind: "pass" };
  return { kind: "not-run", missing, howToGet: "rfckit kernel get" };
}
