import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DocContext } from "../../../checks/doc/doc-rule.ts";
import { findDefinedValues } from "../../../checks/doc/index/defined-values.ts";
import { loadTreeIndex } from "../../../checks/doc/index/load-tree-index.ts";
import { type FileChange, withChanges } from "../../../checks/doc/index/overlay.ts";
import type { TreeIndex } from "../../../checks/doc/index/tree-index.ts";
import { findCommit, listChanged, openTreeFiles } from "./document-tree.ts";
import { readUncommitted } from "./uncommitted-changes.ts";

/** A kernel tree, or the lack of one, as the rules see it. */
export interface LintTree {
  readonly top: string | undefined;
  /** Documents that differ from `since`: paths from the top. */
  readonly changed: ReadonlySet<string> | undefined;
  /** Documents that the series changes and does not add: paths from the top. */
  readonly old: ReadonlySet<string>;
  readonly context: Omit<DocContext, "readBeside" | "scripts">;
}

export interface OpenTreeRequest {
  /** Files that differ from this commit count as changed. */
  readonly since: string;
  /** What a series adds to the tree and takes away. */
  readonly series: readonly FileChange[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
}

/**
 * Opens the tree around documents: its index, made when it is missing, and its files.
 *
 * @throws ToolError `git-failed` (infra)
 */
export async function openLintTree(
  top: string | undefined,
  request: OpenTreeRequest,
): Promise<LintTree> {
  const { series } = request;
  const [changed, tree] = await readTree(top, request);
  const index = tree !== undefined && series.length > 0 ? withChanges(tree, series) : tree;
  const files = openTreeFiles(top);
  const after = new Map(series.map((change) => [change.path, change.after]));
  const context: LintTree["context"] = {
    index,
    ...(series.length === 0 ? {} : { values: findDefinedValues(series) }),
    pathExists: (path) =>
      after.has(path) ? after.get(path) !== undefined : files.pathExists(path),
    readTreeFile: (path) => (after.has(path) ? after.get(path) : files.readTreeFile(path)),
  };
  const touched = series.filter((change) => change.after !== undefined).map(({ path }) => path);
  const old = new Set(series.flatMap(({ before, path }) => (before === undefined ? [] : [path])));
  return { top, changed: changed && new Set([...changed, ...touched]), old, context };
}

/** What differs, and the index of HEAD with what was not committed; neither without a commit. */
async function readTree(
  top: string | undefined,
  { env, signal, onProgress, since }: OpenTreeRequest,
): Promise<[ReadonlySet<string> | undefined, TreeIndex | undefined]> {
  const commit = top === undefined ? undefined : await findCommit(top, since, signal);
  if (top === undefined || commit === undefined) return [undefined, undefined];
  const [changed, index, uncommitted] = await Promise.all([
    listChanged(top, commit, signal),
    loadTreeIndex({ dir: top, env, signal, onProgress }),
    since === "HEAD" ? undefined : listChanged(top, "HEAD", signal),
  ]);
  const paths = [...(uncommitted ?? changed)];
  if (paths.length === 0) return [changed, index];
  return [changed, withChanges(index, await readUncommitted(top, paths, signal))];
}

/** The npm scripts of the package.json next above a file; undefined when there is none. */
export function findScripts(file: string): ReadonlySet<string> | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    try {
      const parsed: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      return new Set(Object.keys((parsed as { scripts?: object }).scripts ?? {}));
    } catch {
      if (folder === dirname(folder)) return undefined;
    }
  }
}
