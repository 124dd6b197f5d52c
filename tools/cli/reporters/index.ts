import type { GateReport } from "./gate-report.ts";
import { renderGithub } from "./github.ts";
import { renderJsonLines } from "./jsonl.ts";
import { renderJunit } from "./junit.ts";
import { renderKtap } from "./ktap.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderSarif } from "./sarif.ts";
import { renderText } from "./text.ts";

/** Every format of `--format`, and what renders it. */
export const REPORTERS: Readonly<Record<string, (report: GateReport) => string>> = {
  text: renderText,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  jsonl: renderJsonLines,
  sarif: renderSarif,
  github: renderGithub,
  junit: renderJunit,
  ktap: renderKtap,
  markdown: renderMarkdown,
};
