import { fileURLToPath } from "node:url";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { LintFinding } from "../../../checks/doc/lint-file.ts";
import type { DocProfileName } from "../../../checks/doc/profiles.ts";
import { isOnDisk } from "../lint/collect-documents.ts";
import { findKernelTop } from "../lint/document-tree.ts";
import { lintText } from "../lint/lint-text.ts";
import { type LintTree, type OpenTreeRequest, openLintTree } from "../lint/lint-tree.ts";

/** A document of the editor with what the rules say of this version of it. */
export interface DocumentState {
  readonly document: TextDocument;
  /** Of the text that was linted: the editor changes the document in place. */
  readonly version: number;
  readonly path: string;
  readonly tree: LintTree;
  readonly findings: readonly LintFinding[];
}

export type SessionRequest = Pick<OpenTreeRequest, "env" | "signal" | "onProgress"> & {
  readonly profile: DocProfileName | undefined;
};

/** Lints the documents of an editor; each version of one is linted once. */
export class LintSession {
  private readonly request: SessionRequest;
  private readonly trees = new Map<string | undefined, Promise<LintTree>>();
  private readonly states = new Map<string, DocumentState>();
  /** Documents that were changed here, and count as changed when they are saved, too. */
  private readonly edited = new Set<string>();

  constructor(request: SessionRequest) {
    this.request = request;
  }

  async lint(document: TextDocument): Promise<DocumentState> {
    const known = this.states.get(document.uri);
    if (known !== undefined && known.version === document.version) return known;
    const path = document.uri.startsWith("file:") ? fileURLToPath(document.uri) : document.uri;
    const tree = await this.treeOf(findKernelTop(path));
    const source = document.getText();
    const { version } = document;
    if (!isOnDisk(path, source)) this.edited.add(document.uri);
    const isUnsaved = this.edited.has(document.uri);
    const text = { path, absolute: path, source, isValid: true, isUnsaved };
    const findings = lintText(text, tree, this.request.profile);
    const state = { document, version, path, tree, findings };
    this.states.set(document.uri, state);
    return state;
  }

  forget(uri: string): void {
    this.states.delete(uri);
  }

  /** Something was saved: what trees have is looked at again. */
  refresh(): void {
    this.trees.clear();
    this.states.clear();
  }

  private treeOf(top: string | undefined): Promise<LintTree> {
    const known = this.trees.get(top);
    if (known !== undefined) return known;
    const opened = openLintTree(top, { ...this.request, since: "HEAD", series: [] });
    this.trees.set(top, opened);
    // What failed is tried again.
    opened.catch(() => this.trees.delete(top));
    return opened;
  }
}
