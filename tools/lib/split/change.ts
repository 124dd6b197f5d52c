/**
 * A path with one character for each byte (Latin-1), so that every name git can hold survives.
 * Two paths are equal when their bytes are. `showPath` makes it readable.
 */
export type BytePath = string;

/** One side of a changed file, as a tree holds it. */
export interface FileSide {
  readonly path: BytePath;
  /** Six octal digits: 100644, 100755, 120000 (symlink) or 160000 (submodule). */
  readonly mode: string;
  /** Full object id. */
  readonly blob: string;
}

/** A run of lines that changed: no context, so that it stays what it is when neighbours change. */
export interface Hunk {
  readonly kind: "hunk";
  /** Name that survives a rebase, see `nameUnits`. */
  readonly id: string;
  /** Index in the old file of the first removed line, or of the line before which lines come. */
  readonly oldStart: number;
  /** Index in the new file of the first added line. */
  readonly newStart: number;
  /** Lines with their line ends; the last line of a file may have none. */
  readonly removed: readonly Uint8Array[];
  readonly added: readonly Uint8Array[];
}

/**
 * A change that cannot be taken in parts.
 *
 * - `rename`: the path
 * - `mode`: the mode of a regular file
 * - `content`: all bytes (and the mode) of a binary file, symlink, submodule or changed file type
 * - `create`, `delete`: a file without lines, such as an empty or binary one
 */
export interface WholeChange {
  readonly kind: "rename" | "mode" | "content" | "create" | "delete";
  readonly id: string;
}

/** What a plan hands out: a hunk, whole or by lines, or a whole change. */
export type Unit = Hunk | WholeChange;

/** All that changed in one file. A new file has no `old`, a deleted one no `new`. */
export interface FileChange {
  readonly old: FileSide | undefined;
  readonly new: FileSide | undefined;
  /** Lines of both sides; empty when no unit is a hunk. */
  readonly oldLines: readonly Uint8Array[];
  readonly newLines: readonly Uint8Array[];
  readonly units: readonly Unit[];
}

/** How many parts a unit can be handed out in: the lines of a hunk, else one. */
export function countParts(unit: Unit): number {
  return unit.kind === "hunk" ? unit.removed.length + unit.added.length : 1;
}

/** The path that a file is known by: the new one, or that of a deleted file. */
export function pathOf(file: FileChange): BytePath {
  return file.new?.path ?? file.old?.path ?? "";
}

/** Makes a path of text that a person wrote. */
export function toBytePath(text: string): BytePath {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** A path for people: text when it is UTF-8 without control characters, else as git quotes it. */
export function showPath(path: BytePath): string {
  const bytes = Buffer.from(path, "latin1");
  const text = bytes.toString("utf8");
  const plain = Buffer.from(text, "utf8").equals(bytes);
  if (plain && !/\p{Cc}/u.test(text)) return text;
  return `"${[...bytes].map(quoteByte).join("")}"`;
}

function quoteByte(byte: number): string {
  const plain = byte >= 32 && byte < 127;
  return plain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, "0")}`;
}
