import { ToolError } from "../error.ts";

/** What stands below the `---` of each patch and never becomes part of a commit. */
export const PATCH_NOTES = "patch-notes.txt";

/** The notes of one patch. */
export interface PatchNote {
  /** Subject of the commit. */
  readonly subject: string;
  /** Without empty lines around it. */
  readonly text: string;
  /** 1-based line of the file where it begins. */
  readonly line: number;
}

/**
 * Reads `patch-notes.txt`: a line `== SUBJECT` for each patch that has notes, and its text below.
 * Lines before the first are for people.
 *
 * A subject, and not a number, names the patch: patches move, and a commit id would not be known
 * before the mail is.
 */
export function parsePatchNotes(bytes: Uint8Array): PatchNote[] {
  const notes: { subject: string; text: string; line: number }[] = [];
  for (const [at, line] of new TextDecoder().decode(bytes).split("\n").entries()) {
    const [, subject] = /^== (.*\S)\s*$/.exec(line) ?? [];
    const last = notes.at(-1);
    if (subject !== undefined) notes.push({ subject, text: "", line: at + 1 });
    else if (last !== undefined) last.text += `${line.trimEnd()}\n`;
  }
  return notes.map((note) => ({ ...note, text: note.text.replace(/^\n+|\n+$/g, "") }));
}

/** The file that `parsePatchNotes` reads. */
export function renderPatchNotes(notes: readonly Omit<PatchNote, "line">[]): string {
  const head =
    "Text for below the '---' of each patch: it is mailed and never becomes part of a commit.\n" +
    "A line '== SUBJECT' begins the text of a patch.\n";
  return `${head}${notes.map(({ subject, text }) => `\n== ${subject}\n\n${text}\n`).join("")}`;
}

/**
 * Puts the notes of a patch into its mail, between `---` and the diffstat.
 *
 * @param mail as `git format-patch` writes it
 */
export function insertNote(mail: Uint8Array, note: string): Uint8Array {
  const text = Buffer.from(mail).toString("latin1");
  const diff = text.search(/^diff --git /m);
  const at = text.lastIndexOf("\n---\n", diff < 0 ? undefined : diff);
  if (at < 0 || note === "") return mail;
  const [before, after] = [text.slice(0, at + 5), text.slice(at + 5)];
  const added = Buffer.from(note, "utf8").toString("latin1");
  return Buffer.from(`${before}${added}\n\n${after.replace(/^\n/, "")}`, "latin1");
}

/**
 * The text for each of the commits.
 *
 * @param subjects of the commits, in order
 * @throws ToolError (config) `patch-notes-stale` when a note is for none of them, or would not
 *   come through the mail
 */
export function assignNotes(
  notes: readonly PatchNote[],
  subjects: readonly string[],
  file: string,
): string[] {
  const problems = notes.flatMap(({ subject, text, line }) => {
    const at = `${file}:${line}`;
    if (!subjects.includes(subject)) return [`${at}: no patch has the subject '${subject}'`];
    const bad = text.split("\n").findIndex((one) => /^(?:---\s*$|--- \S|diff |Index: )/.test(one));
    return bad < 0 ? [] : [`${at}: '${text.split("\n")[bad]}' would be read as part of the diff`];
  });
  if (problems.length === 0) {
    return subjects.map((name) => notes.find(({ subject }) => subject === name)?.text ?? "");
  }
  throw new ToolError(problems.join("\n"), {
    kind: "config",
    code: "patch-notes-stale",
    hints: [`give each text in ${file} the subject of a commit, or remove it`],
  });
}
