import type { LintReport } from "./lint-report.ts";

/** Findings of documents as text, a line a finding: `file:line:column: severity: what [id]`. */
export function renderFindings(findings: LintReport["findings"]): string {
  return findings
    .map(({ id, severity, what, place }) => {
      const where = `${place?.file}:${place?.line}:${place?.column}`;
      return `${where}: ${severity}: ${what} [${id}]\n`;
    })
    .join("");
}
