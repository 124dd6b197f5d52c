import type { Diagnostic } from "../contract.ts";
import { type DocFile, placeOf, visit } from "./doc-file.ts";
import type { DocContext, DocEdit, DocRule } from "./doc-rule.ts";

/** A finding with the change that mends it. */
export interface LintFinding {
  readonly diagnostic: Diagnostic;
  readonly edit?: DocEdit;
  /** A change that a person should look at first. */
  readonly suggestion?: DocEdit;
}

interface Suppression {
  /** The line that it speaks of. */
  readonly line: number;
  readonly rule: string;
  readonly reason: string;
  readonly offset: number;
  used: boolean;
}

const MARK = /doclint-disable-next-line\s+(\S+)(?:\s+--\s+([^\n>]*[^\s>-]))?/;
const SUPPRESSION = "suppression";

/** Runs rules over a document; gives what they find, sorted by place. */
export function lintFile(
  file: DocFile,
  rules: readonly DocRule[],
  context: DocContext,
): LintFinding[] {
  const suppressions = findSuppressions(file);
  const findings: (LintFinding & { readonly offset: number })[] = [];
  for (const rule of rules) {
    if (!appliesTo(rule, file, context)) continue;
    for (const found of rule.check(file, context)) {
      const place = placeOf(file, found.at);
      const match = suppressions.find((it) => it.line === place.line && it.rule === rule.id);
      if (match !== undefined && match.reason !== "") {
        match.used = true;
        continue;
      }
      const { id, severity, why } = rule;
      const fix = found.fix === undefined ? {} : { fix: { text: found.fix } };
      const where = { file: file.path, ...place };
      findings.push({
        offset: found.at,
        diagnostic: { id, severity, what: found.what, why, ...fix, place: where },
        ...(found.edit === undefined ? {} : { edit: found.edit }),
        ...(found.suggestion === undefined ? {} : { suggestion: found.suggestion }),
      });
    }
  }
  const running = rules.filter((rule) => appliesTo(rule, file, context)).map((rule) => rule.id);
  findings.push(...complaints(file, suppressions, running));
  return findings.sort((a, b) => a.offset - b.offset).map(({ offset: _, ...finding }) => finding);
}

/** Whether a rule looks at a document at all. */
function appliesTo(rule: DocRule, file: DocFile, context: DocContext): boolean {
  if (!rule.kinds.includes(file.kind)) return false;
  if (rule.onlyChanged === true && !file.isChanged) return false;
  return rule.needsTree !== true || (context.index !== undefined && file.treePath !== undefined);
}

function findSuppressions(file: DocFile): Suppression[] {
  if (!file.source.includes("doclint-disable-next-line")) return [];
  const found: Suppression[] = [];
  visit(file.root, (node) => {
    if ((node.type !== "comment" && node.type !== "html") || node.position === undefined) return;
    const match = MARK.exec(node.value ?? "");
    if (match === null) return;
    const { start, end } = node.position;
    const rest = file.source.slice(end.offset);
    const offset = end.offset + (/\S/.exec(rest)?.index ?? 0);
    const { line } = placeOf(file, offset);
    const [, rule = "", reason = ""] = match;
    found.push({ line, rule, reason, offset: start.offset, used: false });
  });
  return found;
}

function complaints(
  file: DocFile,
  suppressions: readonly Suppression[],
  running: readonly string[],
): (LintFinding & { readonly offset: number })[] {
  return suppressions.flatMap(({ rule, reason, used, offset }) => {
    if (used || (reason !== "" && !running.includes(rule))) return [];
    const what =
      reason === ""
        ? `the suppression of '${rule}' gives no reason`
        : `nothing is left of what '${rule}' was suppressed for`;
    const fix = reason === "" ? "write '-- REASON' behind the rule" : "remove the comment";
    const diagnostic: Diagnostic = {
      id: SUPPRESSION,
      severity: "warning",
      what,
      why: "a suppression hides findings; it has to say why, and to end with what it hides",
      fix: { text: fix },
      place: { file: file.path, ...placeOf(file, offset) },
    };
    return [{ offset, diagnostic }];
  });
}

/** Makes the changes of findings in a source; of two that overlap the first is made. */
export function applyEdits(source: string, edits: readonly DocEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.from - b.from || a.to - b.to);
  let result = "";
  let at = 0;
  for (const edit of sorted) {
    if (edit.from < at) continue;
    result += source.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return result + source.slice(at);
}
