import { CHECKS } from "../checks/registry.ts";
import { renderChecksReference } from "../checks/render-page.ts";
import {
  renderCheckOrderPage,
  renderPageOutcomes,
  renderWireHeader,
} from "../kernel-model/index.ts";
import { renderGateReportSchema } from "../tools/cli/reporters/gate-report.ts";
import { renderLintReportSchema } from "../tools/cli/reporters/lint-report.ts";
import { renderVerifySchema } from "../tools/cli/reporters/verify-schema.ts";
import { seriesJsonSchema } from "../tools/lib/config/series-schema.ts";
import { splitPlanJsonSchema } from "../tools/lib/config/split-plan-schema.ts";
import { renderDiagram } from "./diagrams/diagrams.ts";

/** Files in the repository that are made from code, and what makes them. */
export const GENERATED_FILES: Readonly<Record<string, () => string>> = {
  "docs/reference/architecture.svg": () => renderDiagram(0, "From the runtime to a page's place"),
  "docs/reference/check-order.md": renderCheckOrderPage,
  "docs/reference/checks.md": () => renderChecksReference(CHECKS),
  "docs/reference/gate-report.schema.json": renderGateReportSchema,
  "docs/reference/lint-report.schema.json": renderLintReportSchema,
  "docs/reference/page-outcomes.md": renderPageOutcomes,
  "docs/reference/series.schema.json": seriesJsonSchema,
  "docs/reference/split-plan.schema.json": splitPlanJsonSchema,
  "docs/reference/verification.svg": () => renderDiagram(1, "From the model to the verdict"),
  "docs/reference/verify-report.schema.json": renderVerifySchema,
  "tools/guest/wire.h": renderWireHeader,
};
