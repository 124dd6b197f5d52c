import type { FoundLine } from "../tools/lib/git/tree-reader.ts";
import type { CoccinelleReport } from "../tools/lib/kernel/run-coccinelle.ts";
import type { ScriptOutput } from "../tools/lib/kernel/run-script.ts";
import type { Reply } from "../tools/lib/patch/read-replies.ts";
import type { AppliedDiff } from "../tools/lib/series/apply-in-order.ts";
import type { BaseFacts } from "../tools/lib/series/base-facts.ts";

/** What the user's tree is doing. */
export interface SourceState {
  /** Such as `rebase`, when git has not finished it. */
  readonly operation: string | undefined;
  /** Tracked files that differ from the commit. */
  readonly changed: readonly string[];
}

/** A patch of the version before. */
export interface FormerPatch {
  readonly subject: string;
  /** Tags such as `Reviewed-by: A <a@example.org>`. */
  readonly tags: readonly string[];
}

/** What became of a patch since the version before, as `git range-diff` sees it. */
export interface PatchHistory {
  readonly position: string;
  /** `retagged` when nothing but review tags differ. */
  readonly status: "same" | "retagged" | "changed" | "added";
  readonly former: FormerPatch | undefined;
}

/** A script of the base's `scripts/`, run on files of a commit or of our own. */
export interface ScriptRequest {
  /** Path in the kernel tree, such as `scripts/kernel-doc`. */
  readonly script: string;
  readonly args: readonly string[];
  /** Content of the files by their path in the kernel tree, given to the script in this order. */
  readonly files: Readonly<Record<string, string>>;
}

/** What checks ask of the tree and its history. Without a tree each of them throws `no-tree`. */
export interface TreeEffects {
  /** A file of a commit; undefined when it has none of that path. */
  textAt(commit: string, path: string): Promise<string | undefined>;
  /** Lines of a commit that match an extended regular expression. */
  searchAt(commit: string, pattern: string, paths: readonly string[]): Promise<FoundLine[]>;
  /** Every path of a commit. */
  pathsAt(commit: string): Promise<readonly string[]>;
  /** Undefined for a tree of rfckit's own. */
  sourceState(): Promise<SourceState | undefined>;
  /** Merge commits between base and tip. */
  merges(): Promise<readonly string[]>;
  /** The mails' diffs on the base, one after another. */
  applyInOrder(): Promise<readonly AppliedDiff[]>;
  baseFacts(): Promise<BaseFacts>;
  /** Subjects of the last commits of the base that change a file; none in a tree of one commit. */
  subjectsOf(path: string): Promise<readonly string[]>;
  /** The commit of an id in a message. */
  findCommit(
    id: string,
  ): Promise<{ readonly subject: string; readonly isInBase: boolean } | undefined>;
  /** Each patch's history; undefined when nobody says which version was before. */
  formerVersion(): Promise<readonly PatchHistory[] | undefined>;
  /** The answers to earlier versions, from a file that the series names; undefined without one. */
  replies(): Promise<readonly Reply[] | undefined>;
  /** Paths that conflict when the tip is merged with linux-next; undefined without such a ref. */
  conflictsWithNext(): Promise<readonly string[] | undefined>;
  runScript(request: ScriptRequest): Promise<ScriptOutput>;
  /** What the base's semantic patches report of C files, given by path in the kernel tree. */
  runCoccinelle(files: ScriptRequest["files"]): Promise<readonly CoccinelleReport[]>;
  /** What get_maintainer.pl says of a patch, with the MAINTAINERS of the tip. */
  maintainersOf(patch: { readonly bytes: Uint8Array }): Promise<readonly string[]>;
}
