import type { Git } from "../git/git.ts";
import type { RefChange } from "./operation-log.ts";

/** Commits that are replaced, and the one that gets their notes, one after the other. */
export interface NoteMove {
  readonly from: readonly string[];
  readonly to: string;
}

export interface NotesRequest {
  /** Git in the user's repository. */
  readonly git: Git;
  /** Git in the scratch repository, where the new notes are made. */
  readonly scratch: Git;
  readonly moves: readonly NoteMove[];
  /** Seconds since 1970. */
  readonly nowS: number;
}

/**
 * Copies the notes of commits to the commit that takes their place, in every notes ref, as git does
 * when a rebase makes several commits of one: the last one has the notes.
 *
 * @returns how the notes refs have to move; their objects are in the scratch repository
 */
export async function copyNotes(request: NotesRequest): Promise<RefChange[]> {
  const { git, scratch } = request;
  const refs = await git.lines([
    "for-each-ref",
    "--format=%(refname) %(objectname)",
    "refs/notes/",
  ]);
  const person = { NAME: "rfckit", EMAIL: "rfckit@rfckit.invalid", DATE: `${request.nowS} +0000` };
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(person)) {
    env[`GIT_AUTHOR_${name}`] = value;
    env[`GIT_COMMITTER_${name}`] = value;
  }
  const changes: RefChange[] = [];
  for (const line of refs) {
    const [ref = "", from = ""] = line.split(" ");
    await scratch.bytes(["update-ref", ref, from]);
    const listed = await scratch.lines(["notes", `--ref=${ref}`, "list"]);
    const noted = new Map(listed.map((one) => [one.split(" ")[1], one.split(" ")[0]]));
    const copies = request.moves.flatMap(({ from, to }) =>
      from.flatMap((commit) => noted.get(commit) ?? []).map((note) => ({ note, to })),
    );
    if (copies.length === 0) continue;
    for (const { note, to } of copies) {
      const args = ["notes", `--ref=${ref}`, "append", "--allow-empty", "-C", note, to];
      await scratch.bytes(args, { env });
    }
    changes.push({ ref, from, to: await scratch.text(["rev-parse", ref]) });
  }
  return changes;
}
