import { ToolError } from "../error.ts";
import type { Git } from "../git/git.ts";
import type { RefChange } from "./operation-log.ts";

/** Series and stage; `frozen`, `op` and `am` are no series. */
const OWN = /^refs\/rfckit\/([a-z0-9][^/]*)\/([^/]+)$/;
const FROZEN = "refs/rfckit/frozen/";

/** The ref that keeps a version of a series as it was sent. */
export function frozenRefOf(ref: string): string {
  return ref.replace(/^refs\/rfckit\//, FROZEN);
}

/**
 * Refuses to move a stage that was frozen: its mails were sent, or are about to be.
 *
 * @throws ToolError `stage-frozen` (user)
 */
export async function requireUnfrozen(git: Git, changes: readonly RefChange[]): Promise<void> {
  const frozen = changes.filter(({ ref }) => OWN.test(ref)).map(({ ref }) => frozenRefOf(ref));
  if (frozen.length === 0) return;
  const lines = await git.lines(["for-each-ref", "--format=%(refname) %(objectname)", ...frozen]);
  const values = new Map(lines.map((line) => [line.split(" ")[0], line.split(" ")[1]]));
  for (const { ref, to } of changes) {
    const value = values.get(frozenRefOf(ref));
    if (value === undefined || value === to) continue;
    throw new ToolError(`'${ref}' is frozen, its next version is where work goes on`, {
      kind: "user",
      code: "stage-frozen",
      hints: ["--stage NEXT", "rfckit series undo   (when the freeze was the last operation)"],
    });
  }
}
