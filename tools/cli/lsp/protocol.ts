import {
  type CodeAction,
  type Diagnostic,
  DiagnosticSeverity,
  type Hover,
  type Position,
  type Range,
} from "vscode-languageserver/node";
import type { LintFinding } from "../../../checks/doc/lint-file.ts";
import { DOC_RULES } from "../../../checks/doc/rule-registry.ts";
import type { DocumentState } from "./lint-session.ts";

const SEVERITY = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

/** The findings of a document in the terms of the protocol. */
export function toDiagnostics({ document, findings }: DocumentState): Diagnostic[] {
  return findings.map((finding) => toDiagnostic(document.getText(), finding));
}

/** What the rules at a place ask for, and why. */
export function describeFindings(state: DocumentState, position: Position): Hover | null {
  const text = state.document.getText();
  const here = state.findings.filter((finding) => holds(rangeOf(text, finding), position));
  if (here.length === 0) return null;
  const value = here
    .map(({ diagnostic: { id, what, why, fix } }) => {
      const source = DOC_RULES.find((rule) => rule.id === id)?.source ?? "project";
      const advice = fix === undefined ? "" : `\n\nTo do: ${fix.text}`;
      return `**${id}**: ${what}\n\nWhy: ${why}${advice}\n\nSource: ${source}`;
    })
    .join("\n\n---\n\n");
  return { contents: { kind: "markdown", value } };
}

/** A quick fix for each finding in a range that has one. */
export function offerFixes(state: DocumentState, range: Range): CodeAction[] {
  const { document, findings } = state;
  const text = document.getText();
  return findings.flatMap((finding) => {
    const edit = finding.edit ?? finding.suggestion;
    const own = rangeOf(text, finding);
    const isHere = !isBefore(own.end, range.start) && !isBefore(range.end, own.start);
    if (edit === undefined || !isHere) return [];
    const { id, what, fix } = finding.diagnostic;
    const change = {
      range: { start: document.positionAt(edit.from), end: document.positionAt(edit.to) },
      newText: edit.text,
    };
    return [
      {
        title: fix === undefined ? `mend: ${what}` : `${fix.text} (${id})`,
        kind: "quickfix",
        diagnostics: [toDiagnostic(text, finding)],
        isPreferred: finding.edit !== undefined,
        edit: { changes: { [document.uri]: [change] } },
      },
    ];
  });
}

function toDiagnostic(text: string, finding: LintFinding): Diagnostic {
  const { id, severity, what } = finding.diagnostic;
  const range = rangeOf(text, finding);
  return { range, severity: SEVERITY[severity], code: id, source: "rfckit", message: what };
}

/** From where a finding is to the end of its word, or of its line. */
function rangeOf(text: string, { diagnostic }: LintFinding): Range {
  const { line = 1, column = 1 } = diagnostic.place ?? {};
  const lines = text.split(/\r\n|\n|\r/);
  const rest = (lines[line - 1] ?? "").slice(column - 1);
  const length = /^\S+|^[^\S]+/.exec(rest)?.[0].length ?? 0;
  const start = { line: line - 1, character: column - 1 };
  return { start, end: { line: line - 1, character: column - 1 + length } };
}

function holds({ start, end }: Range, at: Position): boolean {
  return !isBefore(at, start) && !isBefore(end, at);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
