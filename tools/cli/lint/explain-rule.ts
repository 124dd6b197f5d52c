import type { DocExample } from "../../../checks/doc/doc-rule.ts";
import { DOC_RULES } from "../../../checks/doc/rule-registry.ts";
import { ToolError } from "../../lib/error.ts";

/**
 * A rule as a page: what it asks for, why, who says so, and its examples.
 *
 * @throws ToolError `unknown-rule` (user)
 */
export function explainRule(id: string): string {
  const rule = DOC_RULES.find((it) => it.id === id);
  if (rule === undefined) {
    throw new ToolError(`there is no rule '${id}'`, {
      kind: "user",
      code: "unknown-rule",
      hints: [`one of: ${DOC_RULES.map((it) => it.id).join(", ")}`],
    });
  }
  const about = [`${rule.id} (${rule.severity}): ${rule.title}`, `why: ${rule.why}`];
  about.push(`source: ${rule.source}`);
  if (rule.onlyChanged === true) about.push("only for files that are new or changed");
  if (rule.needsTree === true) about.push("needs a kernel tree in git around the file");
  return `${[...about, ...rule.examples.map(renderExample)].join("\n")}\n`;
}

function renderExample({ text, finds }: DocExample): string {
  const heading = finds.length === 0 ? "not found in:" : `found at ${finds.join(", ")} in:`;
  const lines = text.trimEnd().split("\n");
  return ["", heading, ...lines.map((line) => (line === "" ? "" : `    ${line}`))].join("\n");
}
