import type { Severity } from "../contract.ts";
import type { DocFile } from "./doc-file.ts";
import type { DefinedValue } from "./index/defined-values.ts";
import type { TreeIndex } from "./index/tree-index.ts";
import type { MarkedSample } from "./marked-samples.ts";

/** A replacement of a part of the source. */
export interface DocEdit {
  /** Offsets in the source, in UTF-16 code units. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What a rule found. */
export interface DocFinding {
  /** Offset in the source where it is. */
  readonly at: number;
  readonly what: string;
  /** What to do about it. */
  readonly fix?: string;
  /** The change that mends it, when it is safe to make unseen. */
  readonly edit?: DocEdit;
  /** A change that a person should look at first; an editor offers it, `--fix` does not make it. */
  readonly suggestion?: DocEdit;
}

/** What a rule may look at beside the file. */
export interface DocContext {
  /** The kernel tree that the file belongs to; undefined for a file outside of one. */
  readonly index: TreeIndex | undefined;
  /** What the C and Kconfig files of a series define, when there is one. */
  readonly values?: ReadonlyMap<string, DefinedValue>;
  /** What a compiler has against a sample that asks for one; undefined when none was asked. */
  readonly compileErrors?: (
    sample: Pick<MarkedSample, "code" | "target">,
  ) => readonly { readonly line: number; readonly column: number; readonly text: string }[];
  /** Names of the scripts of the package.json that the document belongs to. */
  readonly scripts?: ReadonlySet<string>;
  /** What is wrong with the calls of rfckit in a line of code, by its own command line. */
  readonly commandFaults?: (code: string) => readonly string[];
  /** Whether a path, relative to the top of the tree, exists. */
  pathExists(path: string): boolean;
  /** The text of a file of the tree, or undefined. */
  readTreeFile(path: string): string | undefined;
  /** The text of a file, its path relative to the document; empty for a directory. */
  readBeside(path: string): string | undefined;
}

/** An example of a rule, which is its documentation and its test. */
export interface DocExample {
  readonly text: string;
  /** The places, `line:column`, that the rule finds; none for a good example. */
  readonly finds: readonly string[];
  readonly path?: string;
}

/**
 * One rule for documents. Its file, its id and the name in a suppression are the same.
 */
export interface DocRule {
  readonly id: string;
  readonly severity: Severity;
  readonly kinds: readonly DocFile["kind"][];
  /** What it asks for, one sentence. */
  readonly title: string;
  readonly why: string;
  /** Who asks for it: a document of the kernel, `docutils`, or `project`. */
  readonly source: string;
  /** Only for files that are new or changed: the tree is full of what it finds. */
  readonly onlyChanged?: true;
  /** Needs a kernel tree; without one it does not run, and that is said. */
  readonly needsTree?: true;
  readonly examples: readonly DocExample[];
  check(file: DocFile, context: DocContext): Iterable<DocFinding>;
}
