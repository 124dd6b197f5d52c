import type { GateReport } from "./gate-report.ts";
import { renderText } from "./text.ts";

/** Every format of `--format`, and what renders it. */
export const REPORTERS: Readonly<Record<string, (report: GateReport) => string>> = {
  text: renderText,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
};
