import { basename, relative } from "node:path";
import type { Diagnostic } from "../../../checks/contract.ts";
import { openDocFile } from "../../../checks/doc/doc-file.ts";
import type { DocContext, DocEdit } from "../../../checks/doc/doc-rule.ts";
import { loadTreeIndex } from "../../../checks/doc/index/load-tree-index.ts";
import type { TreeIndex } from "../../../checks/doc/index/tree-index.ts";
import { applyEdits, lintFile } from "../../../checks/doc/lint-file.ts";
import { DOC_RULES } from "../../../checks/doc/rule-registry.ts";
import { writeFileAtomic } from "../../lib/fs/write-file-atomic.ts";
import { type FoundDocument, readDocument } from "./collect-documents.ts";
import { findChanged, findKernelTop, openTreeFiles, readBeside } from "./document-tree.ts";

export interface LintRequest {
  readonly documents: readonly FoundDocument[];
  /** Files that differ from this commit count as changed. */
  readonly since: string;
  readonly fix: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
}

export interface LintReport {
  readonly files: number;
  readonly findings: readonly Diagnostic[];
  /** Rules that did not run for some files, with what they lacked. */
  readonly notRun: readonly { readonly rules: readonly string[]; readonly missing: string }[];
  /** How many changes `--fix` made. */
  readonly fixed: number;
}

interface Tree {
  readonly top: string | undefined;
  readonly changed: ReadonlySet<string> | undefined;
  readonly context: Omit<DocContext, "readBeside">;
}

const TREE_RULES = DOC_RULES.filter((rule) => rule.needsTree === true).map((rule) => rule.id);
const NO_TREE = "a kernel tree in git around the files";

/** Lints documents, each with what its tree says. */
export async function lintDocuments(request: LintRequest): Promise<LintReport> {
  const trees = new Map<string | undefined, Tree>();
  const findings: Diagnostic[] = [];
  let fixed = 0;
  let withoutTree = false;
  for (const document of request.documents) {
    if (request.signal.aborted) break;
    const top = findKernelTop(document.absolute);
    const tree = trees.get(top) ?? (await openTree(top, request));
    trees.set(top, tree);
    if (tree.context.index === undefined && document.path.endsWith(".rst")) withoutTree = true;
    const result = await lintOne(document, tree);
    findings.push(...result.findings);
    if (request.fix && result.edits.length > 0) {
      await writeFileAtomic(document.absolute, applyEdits(result.source, result.edits));
      fixed += result.edits.length;
    }
  }
  const notRun = withoutTree ? [{ rules: TREE_RULES, missing: NO_TREE }] : [];
  return { files: request.documents.length, findings, notRun, fixed };
}

async function openTree(top: string | undefined, request: LintRequest): Promise<Tree> {
  const { env, signal, onProgress, since } = request;
  const changed = top === undefined ? undefined : await findChanged(top, since, signal);
  let index: TreeIndex | undefined;
  if (top !== undefined && changed !== undefined) {
    index = await loadTreeIndex({ dir: top, env, signal, onProgress });
  }
  return { top, changed, context: { index, ...openTreeFiles(top) } };
}

async function lintOne(
  document: FoundDocument,
  tree: Tree,
): Promise<{ source: string; findings: Diagnostic[]; edits: DocEdit[] }> {
  const { source, isValid } = await readDocument(document.absolute);
  const treePath = tree.top === undefined ? undefined : relative(tree.top, document.absolute);
  // Without git nothing says what is old: every file counts as new.
  const isChanged = treePath === undefined || (tree.changed?.has(treePath) ?? true);
  const refused = refuse(document.path, source);
  if (refused !== undefined) return { source, findings: [refused], edits: [] };
  const file = openDocFile({ path: document.path, treePath, source, isChanged });
  const found = lintFile(file, DOC_RULES, {
    ...tree.context,
    readBeside: readBeside(document.absolute),
  });
  const findings = found.map(({ diagnostic }) => diagnostic);
  if (!isValid) findings.unshift(notUtf8(document.path, source));
  const edits = isValid ? found.flatMap(({ edit }) => (edit === undefined ? [] : [edit])) : [];
  return { source, findings, edits };
}

/** Documents above this are data that somebody named .rst. */
const MAX_LENGTH = 10_000_000;
/** The Markdown parser takes time without end for lists and quotes in one another like this. */
const TOO_DEEP = /^(?:[ \t]*[>*+-][ \t]?){100}|^[ \t]{400}/m;

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
  const before = source.slice(0, Math.max(source.indexOf("\ufffd"), 0)).split("\n");
  return {
    id: "encoding",
    severity: "error",
    what: `'${basename(path)}' is not UTF-8`,
    why: "every tool that reads the kernel's documentation takes it for UTF-8",
    place: { file: path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
  };
}
