import { ToolError } from "../error.ts";
import type { Git } from "../git/git.ts";
import { lastWords } from "../proc/check-result.ts";

const NO_COMMIT = "0".repeat(40);

/** Copies the objects of `base..tip` from a scratch repository into another one. */
export async function sendCommits(from: Git, to: Git, base: string, tip: string): Promise<void> {
  const pack = ["pack-objects", "--revs", "--stdout", "--quiet", "--no-reuse-delta"];
  const bytes = await from.bytes(pack, { input: `${tip}\n^${base}\n` });
  await to.bytes(["unpack-objects", "-q"], { input: bytes });
}

/** A move of one ref, told by its value before. */
export interface RefMove {
  readonly ref: string;
  readonly to: string;
  /** Value that the ref must still have; undefined: it must not exist. */
  readonly from: string | undefined;
  /** Reason, kept in the ref's log. */
  readonly why: string;
}

/**
 * Moves a ref in a transaction that compares the old value, and logs the old value.
 *
 * @throws ToolError `ref-moved` (infra) when somebody else moved it meanwhile
 */
export async function moveRef(git: Git, move: RefMove): Promise<void> {
  const update = `update ${move.ref} ${move.to} ${move.from ?? NO_COMMIT}`;
  const args = ["update-ref", "--create-reflog", "-m", `rfckit: ${move.why}`, "--stdin"];
  const result = await git.run(args, { input: `start\n${update}\nprepare\ncommit\n` });
  if (result.code === 0) return;
  throw new ToolError(`cannot move '${move.ref}': ${lastWords(result)}`, {
    kind: "infra",
    code: "ref-moved",
    hints: ["run the same command again, it reads the new value"],
  });
}
