import { ToolError } from "../error.ts";
import type { Git } from "../git/git.ts";
import { DURABLE_OPTIONS } from "../git/git-env.ts";
import { lastWords } from "../proc/check-result.ts";
import { requireFreeBranches } from "./checked-out.ts";
import { requireUnfrozen } from "./frozen.ts";
import { LOG_REF, type Operation, readLog, renderEntry } from "./operation-log.ts";

const PERSON = "rfckit <rfckit@rfckit.invalid>";

export interface RecordRequest {
  /** Git in the repository whose refs move; all objects are there already. */
  readonly git: Git;
  readonly operation: Operation;
  /** Now, in seconds since 1970. */
  readonly nowS: number;
  /** Value that the log must have; its present one unless told. */
  readonly logTip?: string | undefined;
}

/**
 * Moves the refs of an operation and appends its entry to the log, in one transaction that compares
 * all old values. The entry has the old and the new tips as parents, so they stay alive.
 *
 * The log moves first: when git itself is killed between two refs, the newest entry tells what was
 * meant, and `undo` takes refs back from either value.
 *
 * @returns id of the entry's commit
 * @throws ToolError `ref-moved`, `ref-locked` (infra), `branch-checked-out` (user)
 */
export async function recordOperation(request: RecordRequest): Promise<string> {
  const { git, operation } = request;
  await requireFreeBranches(git, operation.changes);
  if (operation.kind === "do") await requireUnfrozen(git, operation.changes);
  const tip = "logTip" in request ? request.logTip : (await readLog(git)).tip;
  const tree = await git.text(["hash-object", "-t", "tree", "-w", "--stdin"], { input: "" });
  const parent = tip ?? (await writeCommit(git, { tree, parents: [], timeS: 0, message: BEGIN }));
  const kept = operation.changes.flatMap(({ from, to }) => [from ?? [], to ?? []].flat());
  const entry = await writeCommit(git, {
    tree,
    parents: [...new Set([parent, ...kept])],
    timeS: request.nowS,
    message: renderEntry(operation),
  });
  // As many digits as ids have, which is more with SHA-256.
  const nothing = "0".repeat(entry.length);
  const moves = [{ ref: LOG_REF, from: tip, to: entry }, ...operation.changes].map(
    ({ ref, from, to }) =>
      to === undefined
        ? `delete ${ref} ${from ?? nothing}`
        : `update ${ref} ${to} ${from ?? nothing}`,
  );
  await transact(git, operation.command, moves);
  return entry;
}

const BEGIN = "rfckit's log of operations begins here\n";

interface CommitFields {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly timeS: number;
  readonly message: string;
}

async function writeCommit(git: Git, fields: CommitFields): Promise<string> {
  const lines = [
    `tree ${fields.tree}`,
    ...fields.parents.map((parent) => `parent ${parent}`),
    `author ${PERSON} ${fields.timeS} +0000`,
    `committer ${PERSON} ${fields.timeS} +0000`,
    "",
    fields.message,
  ];
  const args = [...DURABLE_OPTIONS, "hash-object", "-t", "commit", "-w", "--stdin"];
  return await git.text(args, { input: lines.join("\n") });
}

async function transact(git: Git, why: string, moves: readonly string[]): Promise<void> {
  const refs = ["update-ref", "--create-reflog", "-m", `rfckit: ${why}`, "--stdin"];
  const args = [...DURABLE_OPTIONS, ...refs];
  const input = ["start", ...moves, "prepare", "commit", ""].join("\n");
  const result = await git.run(args, { input });
  if (result.code === 0) return;
  const words = lastWords(result);
  const lock = /Unable to create '([^']+\.lock)': File exists/.exec(words)?.[1];
  if (lock !== undefined) {
    throw new ToolError(`another git command holds '${lock}', nothing was moved`, {
      kind: "infra",
      code: "ref-locked",
      hints: ["run the same command again", `rm ${lock}   (only if no git is running)`],
    });
  }
  throw new ToolError(`another command moved a ref meanwhile, nothing was moved: ${words}`, {
    kind: "infra",
    code: "ref-moved",
    hints: ["run the same command again, it reads the new value"],
  });
}
