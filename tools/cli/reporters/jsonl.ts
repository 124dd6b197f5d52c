import type { GateReport } from "./gate-report.ts";

/** One JSON value a line: the head, each check with its findings, the verdict. */
export function renderJsonLines(report: GateReport): string {
  const { checks, verdict, ...head } = report;
  const lines = [
    { type: "head", ...head },
    ...checks.map((check) => ({ type: "check", ...check })),
    { type: "verdict", verdict },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}
