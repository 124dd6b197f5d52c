/** One section of MAINTAINERS. */
export interface MaintainersEntry {
  readonly title: string;
  /** 1-based line of the title. */
  readonly line: number;
  /** Its fields in order, such as `F: mm/`, with their lines. */
  readonly fields: readonly MaintainersField[];
}

export interface MaintainersField {
  /** The letter, such as `F`. */
  readonly letter: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
  /** The whole line as it is. */
  readonly text: string;
}

/** Before this line MAINTAINERS explains itself, with examples that look like entries. */
const START = /^3C59X NETWORK DRIVER$|^Maintainers List$/;

/**
 * Reads MAINTAINERS. Lines that are neither field nor title are left out.
 *
 * Source: scripts/get_maintainer.pl:read_maintainer_file @ 6.12.117
 */
export function parseMaintainers(text: string): MaintainersEntry[] {
  const lines = text.split("\n");
  const first = Math.max(
    lines.findIndex((line) => START.test(line)),
    0,
  );
  const entries: { title: string; line: number; fields: MaintainersField[] }[] = [];
  let title: { text: string; line: number } | undefined;
  for (const [at, line] of lines.entries()) {
    if (at < first) continue;
    const [, letter, value] = /^([A-Z]):\s*(.*)$/.exec(line) ?? [];
    if (letter === undefined || value === undefined) {
      title = line.trim() === "" ? undefined : { text: line.trim(), line: at + 1 };
      continue;
    }
    if (title !== undefined) entries.push({ title: title.text, line: title.line, fields: [] });
    title = undefined;
    entries.at(-1)?.fields.push({ letter, value: value.trim(), line: at + 1, text: line });
  }
  return entries;
}

/** The entries that a file belongs to, by their F, N and X lines. */
export function entriesOf(path: string, entries: readonly MaintainersEntry[]): MaintainersEntry[] {
  return entries.filter(({ fields }) => {
    const has = (letter: string, matches: (value: string) => boolean): boolean =>
      fields.some((field) => field.letter === letter && matches(field.value));
    if (has("X", (pattern) => matchesPattern(path, pattern))) return false;
    return (
      has("F", (pattern) => matchesPattern(path, pattern)) ||
      has("N", (source) => matchesName(path, source))
    );
  });
}

/**
 * Whether a path matches the pattern of an F or X line: `*` and `?` stay within a folder, and a
 * folder stands for all below it.
 *
 * Source: scripts/get_maintainer.pl:file_match_pattern @ 6.12.117
 */
export function matchesPattern(path: string, pattern: string): boolean {
  // Most patterns are told apart by this alone, before an expression has to be made.
  if (!path.startsWith(pattern.split(/[*?]/, 1)[0] ?? "")) return false;
  const depth = (text: string): number => text.split("/").length;
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  if (pattern.endsWith("/")) return new RegExp(`^${source}`).test(path);
  // A folder may lack its slash; only the tree could tell, and no file has a file below it.
  if (path.startsWith(`${pattern}/`)) return true;
  return depth(path) === depth(pattern) && new RegExp(`^${source}`).test(path);
}

/** N lines hold a Perl expression; the few that JavaScript cannot read match nothing. */
function matchesName(path: string, source: string): boolean {
  try {
    return new RegExp(source).test(path);
  } catch {
    return false;
  }
}
