import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Git } from "../git/git.ts";
import type { Owners } from "./assign-plan.ts";
import { fileAtStep, type StepFile } from "./build-steps.ts";
import type { FileChange } from "./change.ts";

/** Where trees are made. */
export interface TreeTarget {
  /** Git in the scratch repository. */
  readonly git: Git;
  /** Directory for temporary files. */
  readonly workDir: string;
}

/** What one commit changes in the index: the file before it and after it. */
interface Edit {
  readonly before: StepFile | undefined;
  readonly after: StepFile | undefined;
}

/**
 * Makes the tree of each commit of a split, in a temporary index.
 *
 * No patch is applied: each file is computed from its old lines and the lines that are done, so
 * there is no context to match and no fuzz.
 *
 * @param base full id of the commit or tree before the first commit
 * @param steps number of commits
 * @returns tree ids, in order
 */
export async function writeTrees(
  base: string,
  files: readonly FileChange[],
  owners: Owners,
  steps: number,
  { git, workDir }: TreeTarget,
): Promise<string[]> {
  const edits = Array.from({ length: steps }, (_, step) => editsOf(files, owners, step));
  const contents = edits
    .flat()
    .flatMap(({ after }) =>
      after !== undefined && typeof after.content !== "string" ? [after.content] : [],
    );
  const ids = await writeBlobs(git, workDir, contents);
  const env = { GIT_INDEX_FILE: join(workDir, "split-index") };
  await git.bytes(["read-tree", base], { env });
  const trees: string[] = [];
  for (const edit of edits) {
    const input = Buffer.from(indexInfo(edit, ids, "0".repeat(base.length)), "latin1");
    await git.bytes(["update-index", "-z", "--index-info"], { env, input });
    trees.push(await git.text(["write-tree"], { env }));
  }
  return trees;
}

function editsOf(files: readonly FileChange[], owners: Owners, step: number): Edit[] {
  return files.flatMap((file, at) => {
    const own = owners[at] ?? [];
    if (!own.some((unit) => unit.includes(step))) return [];
    return [{ before: fileAtStep(file, own, step - 1), after: fileAtStep(file, own, step) }];
  });
}

/** Paths that go are named first: they may have to make room. */
function indexInfo(
  edits: readonly Edit[],
  ids: ReadonlyMap<Uint8Array, string>,
  none: string,
): string {
  const gone = edits.flatMap(({ before, after }) =>
    before !== undefined && before.path !== after?.path ? [`0 ${none}\t${before.path}\0`] : [],
  );
  const there = edits.flatMap(({ after }) => {
    if (after === undefined) return [];
    const id = typeof after.content === "string" ? after.content : (ids.get(after.content) ?? "");
    return [`${after.mode} ${id}\t${after.path}\0`];
  });
  return [...gone, ...there].join("");
}

/** Writes blobs with one git process, which reads them from files with plain names. */
async function writeBlobs(
  git: Git,
  workDir: string,
  contents: readonly Uint8Array[],
): Promise<ReadonlyMap<Uint8Array, string>> {
  if (contents.length === 0) return new Map();
  const dir = join(workDir, "blobs");
  await mkdir(dir, { recursive: true });
  const paths = contents.map((_, at) => join(dir, String(at)));
  for (const [at, content] of contents.entries()) await writeFile(paths[at] ?? "", content);
  const args = ["hash-object", "-w", "--no-filters", "--stdin-paths"];
  const ids = await git.lines(args, { input: `${paths.join("\n")}\n` });
  return new Map(contents.map((content, at) => [content, ids[at] ?? ""]));
}
