import type { Diagnostic } from "../../../checks/contract.ts";
import type { DocContext } from "../../../checks/doc/doc-rule.ts";
import { applyEdits } from "../../../checks/doc/lint-file.ts";
import { type DocProfileName, rulesFor } from "../../../checks/doc/profiles.ts";
import { writeFileAtomic } from "../../lib/fs/write-file-atomic.ts";
import { type FoundDocument, isOnDisk, readDocument } from "./collect-documents.ts";
import { compileSamples, hasSamples } from "./compile-samples.ts";
import { findKernelTop } from "./document-tree.ts";
import { lintText } from "./lint-text.ts";
import { type LintTree, type OpenTreeRequest, openLintTree } from "./lint-tree.ts";

/** A document that is linted: on disk, or with a text that is not there. */
export interface LintDocument extends FoundDocument {
  readonly text?: { readonly source: string; readonly isValid: boolean };
}

export interface LintRequest extends OpenTreeRequest {
  readonly documents: readonly LintDocument[];
  readonly profile: DocProfileName | undefined;
  /** Writes what is safe to mend. */
  readonly fix: boolean;
  /** Gives what would be mended as a diff, which takes some time. */
  readonly diff: boolean;
  /** Where the kernel was configured, for samples of its code; the tree itself unless told. */
  readonly objects: string | undefined;
  /** The kernel tree of documents that are in none. */
  readonly treeTop?: string;
}

export interface LintResult {
  readonly files: number;
  readonly findings: readonly Diagnostic[];
  /** Rules that did not run for some files, with what they lacked. */
  readonly notRun: readonly { readonly rules: readonly string[]; readonly missing: string }[];
  /** How many changes `--fix` made. */
  readonly fixed: number;
  /** What would be mended, as a diff; empty unless asked for. */
  readonly diff: string;
}

const NO_TREE = "a kernel tree in git around the files";

/**
 * Lints documents, each with what its tree says.
 *
 * @throws ToolError `git-failed` (infra), and of writing files
 */
export async function lintDocuments(request: LintRequest): Promise<LintResult> {
  const trees = new Map<string | undefined, LintTree>();
  const tops = new Map<string, string | undefined>();
  const findings: Diagnostic[] = [];
  const missing = new Set<string>();
  const lacking = new Set<string>();
  let [fixed, diff] = [0, ""];
  for (const document of request.documents) {
    if (request.signal.aborted) break;
    const top = findKernelTop(document.absolute, tops) ?? request.treeTop;
    const tree = trees.get(top) ?? (await openLintTree(top, request));
    trees.set(top, tree);
    if (tree.context.index === undefined && document.path.endsWith(".rst")) {
      for (const rule of rulesFor("rst", request.profile)) if (rule.needsTree) missing.add(rule.id);
    }
    const read = document.text ?? readDocument(document.absolute);
    const compiled = hasSamples(read.source)
      ? await compileSamples({ path: document.path, source: read.source }, { ...request, top })
      : undefined;
    for (const lack of compiled?.missing ?? []) lacking.add(lack);
    const more = {
      ...(compiled === undefined ? {} : { compileErrors: compiled.compileErrors }),
      ...(isAboutRfckit(document.path, read.source) ? await openCommandFaults() : {}),
    };
    const isUnsaved = document.text !== undefined && !isOnDisk(document.absolute, read.source);
    const found = lintText({ ...document, ...read, isUnsaved }, tree, request.profile, more);
    findings.push(...found.map(({ diagnostic }) => diagnostic));
    const edits = found.flatMap(({ edit }) => edit ?? []);
    if (edits.length === 0) continue;
    const mended = applyEdits(read.source, edits);
    if (request.diff) {
      const { unifiedDiff } = await import("../../lib/patch/unified-diff.ts");
      diff += unifiedDiff(document.path, read.source, mended);
    }
    if (!request.fix || document.text !== undefined) continue;
    await writeFileAtomic(document.absolute, mended);
    fixed += edits.length;
  }
  const notRun = [
    ...(missing.size === 0 ? [] : [{ rules: [...missing], missing: NO_TREE }]),
    ...[...lacking].map((lack) => ({ rules: ["sample-compiles"], missing: lack })),
  ];
  return { files: request.documents.length, findings, notRun, fixed, diff };
}

function isAboutRfckit(path: string, source: string): boolean {
  return path.endsWith(".md") && source.includes("rfckit ");
}

/** What the command line says of itself is loaded only for documents that show it. */
async function openCommandFaults(): Promise<Pick<DocContext, "commandFaults">> {
  const help = await import("../help/declared-program.ts");
  const program = help.declaredProgram();
  const commandFaults = (code: string): string[] =>
    help.rfckitCalls(code).flatMap((words) => help.faultOfCommandLine(program, words) ?? []);
  return { commandFaults };
}
