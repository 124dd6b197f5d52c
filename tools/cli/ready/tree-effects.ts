import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { TreeEffects } from "../../../checks/tree-effects.ts";
import { ToolError } from "../../lib/error.ts";
import { type Git, openGit } from "../../lib/git/git.ts";
import { readRepoState } from "../../lib/git/repo-state.ts";
import { openTreeReader, type TreeReader } from "../../lib/git/tree-reader.ts";
import { runCoccinelle } from "../../lib/kernel/run-coccinelle.ts";
import { runScript } from "../../lib/kernel/run-script.ts";
import { readReplies } from "../../lib/patch/read-replies.ts";
import { applyInOrder } from "../../lib/series/apply-in-order.ts";
import { findReferred, openHistory, readBaseFacts } from "../../lib/series/base-facts.ts";
import { diffSeries } from "../../lib/series/diff-series.ts";
import { historyOf } from "./former-version.ts";
import { type GateInput, requireCommits } from "./gate-input.ts";
import { openMaintainers } from "./maintainers-work.ts";
import type { ReviewRequest } from "./review-context.ts";

/** Where a clone of linux-next keeps its head. */
const NEXT = "refs/remotes/next/master";

/** Gives checks what they ask of a kernel tree; each throws when the patches make no commits. */
export function openTreeEffects(request: ReviewRequest): TreeEffects {
  const { input, signal, withToolsDir, cacheDir } = request;
  const tempRoot = join(cacheDir, "tmp");
  const reach = openOnce(input, signal);
  // Several rules ask, and nothing of it changes while they run.
  let facts: ReturnType<TreeEffects["baseFacts"]> | undefined;
  let history: ReturnType<typeof openHistory> | undefined;
  let former: ReturnType<TreeEffects["formerVersion"]> | undefined;
  const readFormer: TreeEffects["formerVersion"] = async () => {
    const { tree, base, tip } = reach();
    const found = await input.former?.();
    if (found === undefined) return undefined;
    const old = { base: found.base, tip: found.commits.at(-1)?.commit ?? found.base };
    const diff = await diffSeries({ tree, tempRoot, signal, old, new: { base, tip } });
    return historyOf(diff, input.patches, found.commits);
  };
  const readFacts = async () => await readBaseFacts(reach().git, reach().base, reach().published);
  return {
    textAt: async (commit, path) => await reach().reader.text(commit, path),
    searchAt: async (commit, pattern, paths) => await reach().reader.search(commit, pattern, paths),
    pathsAt: async (commit) => await reach().reader.paths(commit),
    sourceState: async () => {
      const { tree } = reach();
      if (!tree.own) return undefined;
      const { inProgress } = await readRepoState(tree.dir);
      const worktree = openGit({ dir: tree.dir, signal });
      const { stdout } = await worktree.run(["status", "--porcelain", "--untracked-files=no"]);
      const lines = new TextDecoder().decode(stdout).split("\n").filter(Boolean);
      return { operation: inProgress, changed: lines.map((line) => line.slice(3)) };
    },
    async merges() {
      const { git, base, tip } = reach();
      return await git.lines(["rev-list", "--merges", `${base}..${tip}`]);
    },
    async applyInOrder() {
      const { tree, base } = reach();
      const shared = { tree, tempRoot, signal };
      return await applyInOrder(shared, base, input.patches);
    },
    baseFacts() {
      facts ??= readFacts();
      return facts;
    },
    async subjectsOf(path) {
      history ??= openHistory(reach().git, reach().base);
      return await history(path);
    },
    findCommit: async (id) => await findReferred(reach().git, id, reach().base),
    formerVersion() {
      former ??= readFormer();
      return former;
    },
    replies: async () => await readRepliesFile(input.replies),
    async conflictsWithNext() {
      const { git, tip } = reach();
      const found = await git.run(["rev-parse", "--verify", "--quiet", NEXT]);
      if (found.code !== 0) return undefined;
      const merge = ["merge-tree", "--write-tree", "--name-only", "--no-messages", tip, NEXT];
      const { code, stdout } = await git.run(merge);
      const [, ...paths] = new TextDecoder().decode(stdout).split("\n").filter(Boolean);
      return code === 0 ? [] : paths;
    },
    runScript: (script) =>
      withToolsDir(({ dir: toolsDir }) => runScript({ toolsDir, tempRoot, signal, ...script })),
    runCoccinelle: (files) =>
      withToolsDir(({ dir: toolsDir }) => runCoccinelle({ toolsDir, tempRoot, signal, files })),
    maintainersOf: openMaintainers({
      ...request,
      atOnce: availableParallelism(),
      async tree() {
        const { reader, base, tip } = reach();
        return { base, maintainers: (await reader.text(tip, "MAINTAINERS")) ?? "" };
      },
    }),
  };
}

interface Reached extends ReturnType<typeof requireCommits> {
  readonly git: Git;
  readonly reader: TreeReader;
  readonly tip: string;
}

/** Opens the tree when it is first asked for, so that an input without one can be judged too. */
function openOnce(input: GateInput, signal: AbortSignal): () => Reached {
  let reached: Reached | undefined;
  return () => {
    if (reached !== undefined) return reached;
    const kernel = requireCommits(input);
    const git = openGit({ dir: kernel.tree.gitDir, signal });
    const tip = input.patches.at(-1)?.commit ?? kernel.base;
    reached = { ...kernel, git, reader: openTreeReader(git), tip };
    return reached;
  };
}

async function readRepliesFile(path: string | undefined) {
  if (path === undefined) return undefined;
  try {
    return readReplies(await readFile(path, "utf8"));
  } catch (cause) {
    throw new ToolError(`cannot read the answers in '${path}'`, {
      kind: "environment",
      code: "replies-missing",
      hints: ["name an mbox in 'replies' of patches/series.yaml, or take the line out"],
      cause,
    });
  }
}
