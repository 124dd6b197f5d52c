import { basename, relative } from "node:path";
import type { Diagnostic } from "../../../checks/contract.ts";
import { kindOf, openDocFile } from "../../../checks/doc/doc-file.ts";
import type { DocContext } from "../../../checks/doc/doc-rule.ts";
import { type LintFinding, lintFile } from "../../../checks/doc/lint-file.ts";
import { type DocProfileName, rulesFor } from "../../../checks/doc/profiles.ts";
import { readBeside } from "./document-tree.ts";
import { findScripts, type LintTree } from "./lint-tree.ts";

/** A document with its text. */
export interface LintText {
  /** As the user named it. */
  readonly path: string;
  readonly absolute: string;
  readonly source: string;
  /** Whether it is UTF-8; nothing of what is not is ever rewritten. */
  readonly isValid: boolean;
  /** Whether an editor, or standard input, has another text than the disk: it was changed. */
  readonly isUnsaved?: boolean;
}

const BYTE_ORDER_MARK = "\ufeff";
/** Documents above this are data that somebody named .rst. */
const MAX_LENGTH = 10_000_000;
/** The Markdown parser takes time without end for lists and quotes in one another like this. */
const TOO_DEEP = /^(?:[ \t]*[>*+-][ \t]?){100}|^[ \t]{400}/m;

/**
 * Lints one document with what its tree says; findings are sorted by place.
 *
 * @param more what is known of this document alone
 */
export function lintText(
  text: LintText,
  tree: LintTree,
  profile: DocProfileName | undefined,
  more: Partial<DocContext> = {},
): readonly LintFinding[] {
  const { path, absolute, source, isValid } = text;
  const refused = refuse(path, source);
  if (refused !== undefined) return [{ diagnostic: refused }];
  const treePath = tree.top === undefined ? undefined : relative(tree.top, absolute);
  // Without git nothing says what is old: every file counts as new.
  const isUnknown = treePath === undefined || tree.changed === undefined;
  const isChanged = isUnknown || text.isUnsaved === true || tree.changed.has(treePath);
  const isOld = treePath !== undefined && tree.old.has(treePath);
  const scripts = path.endsWith(".md") ? findScripts(absolute) : undefined;
  const file = openDocFile({ path, treePath, source, isChanged, isOld });
  const found = lintFile(file, rulesFor(kindOf(path) ?? "rst", profile), {
    ...tree.context,
    ...more,
    ...(scripts === undefined ? {} : { scripts }),
    readBeside: readBeside(absolute),
  });
  const unread: LintFinding[] = [
    ...(isValid ? [] : [{ diagnostic: notUtf8(path, source) }]),
    ...(source.includes("\0") ? [{ diagnostic: hasNul(path, source) }] : []),
    ...(source.startsWith(BYTE_ORDER_MARK) ? [hasMark(path, source)] : []),
  ];
  if (isValid) return [...unread, ...found];
  return [...unread, ...found].map(({ diagnostic }) => ({ diagnostic }));
}

/** Says why a document is not looked into; undefined when it is. */
function refuse(path: string, source: string): Diagnostic | undefined {
  const deep = path.endsWith(".md") ? TOO_DEEP.exec(source) : null;
  if (source.length <= MAX_LENGTH && deep === null) return undefined;
  const line = source.slice(0, deep?.index ?? 0).split("\n").length;
  return {
    id: "not-linted",
    severity: "error",
    what: deep === null ? "the document is larger than 10 MB" : "the nesting is too deep",
    why: "nothing of the document was checked",
    place: { file: path, line, column: 1 },
  };
}

function notUtf8(path: string, source: string): Diagnostic {
  return encoding(path, source, "\ufffd", `'${basename(path)}' is not UTF-8`);
}

function hasNul(path: string, source: string): Diagnostic {
  return encoding(path, source, "\0", `'${basename(path)}' has a NUL character`);
}

function hasMark(path: string, source: string): LintFinding {
  const what = `'${basename(path)}' begins with a byte order mark`;
  const diagnostic = encoding(path, source, BYTE_ORDER_MARK, what);
  return { diagnostic, edit: { from: 0, to: 1, text: "" } };
}

function encoding(path: string, source: string, character: string, what: string): Diagnostic {
  const before = source.slice(0, Math.max(source.indexOf(character), 0)).split(/\r\n|\n|\r/);
  return {
    id: "encoding",
    severity: "error",
    what,
    why: "every tool that reads the kernel's documentation takes it for text in UTF-8",
    place: { file: path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
  };
}
