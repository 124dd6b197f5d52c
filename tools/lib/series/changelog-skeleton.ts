import type { PatchPair } from "./diff-series.ts";
import type { PatchNote } from "./patch-notes.ts";

/** Stands where a person has to write; must not be mailed. */
export const UNWRITTEN = "(what changed?)";

/** A pair with the subject that the patch has now. */
export interface NamedPair extends Pick<PatchPair, "status"> {
  /** Undefined for a patch that was added. */
  readonly oldSubject: string | undefined;
  /** Undefined for a patch that was removed. */
  readonly newSubject: string | undefined;
}

/**
 * The cover text of the next version: that of the last one with a section for its changes, before
 * the first section that it has, else at its end. A text that has the section stays as it is.
 */
export function coverSkeleton(text: string, version: number, pairs: readonly NamedPair[]): string {
  const title = `Changes in v${version}`;
  if (new RegExp(`^${title}\\b`, "m").test(text)) return text;
  const entries = pairs.flatMap(({ status, oldSubject, newSubject }) => {
    if (status === "added") return [`- New patch: ${newSubject}`];
    return status === "removed" ? [`- Dropped: ${oldSubject}`] : [];
  });
  const section = [title, "=".repeat(title.length), "", `- ${UNWRITTEN}`, ...entries].join("\n");
  const lines = text.trimEnd().split("\n");
  const first = lines.findIndex((line, at) => {
    return at > 1 && line !== "" && /^(?:={3,}|-{4,})$/.test(lines[at + 1] ?? "");
  });
  const at = first < 0 ? lines.length : first;
  const [before, after] = [lines.slice(0, at), lines.slice(at)];
  const head = before.join("\n").trimEnd();
  return `${head}\n\n${section}\n${after.length === 0 ? "" : `\n${after.join("\n")}\n`}`;
}

/**
 * The notes of the next version: those of the last one, and a place to write for each patch that
 * changed or is new. What was written for the next version already stays.
 *
 * @param old notes of the last version
 * @param now notes that the next version has so far
 */
export function notesSkeleton(
  version: number,
  pairs: readonly NamedPair[],
  { old, now }: { readonly old: readonly PatchNote[]; readonly now: readonly PatchNote[] },
): Omit<PatchNote, "line">[] {
  const textOf = (notes: readonly PatchNote[], subject: string | undefined): string | undefined =>
    notes.find((note) => note.subject === subject)?.text;
  const title = `Changes in v${version}:`;
  const notes = pairs.flatMap(({ status, oldSubject, newSubject }) => {
    if (newSubject === undefined) return [];
    const before = textOf(now, newSubject) ?? textOf(now, oldSubject) ?? textOf(old, oldSubject);
    const written = before?.split("\n").includes(title) === true;
    const added = status === "added" ? [] : [title, `- ${UNWRITTEN}`];
    const isNew = status === "same" || status === "added" || written ? [] : [added.join("\n")];
    const text = [...isNew, ...(before === undefined ? [] : [before])].join("\n\n");
    return text === "" ? [] : [{ subject: newSubject, text }];
  });
  return notes;
}
