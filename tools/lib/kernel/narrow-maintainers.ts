import { parseMaintainers } from "./maintainers-file.ts";

/**
 * MAINTAINERS without the entries that say nothing of a patch.
 *
 * Problem: get_maintainer.pl tries every pattern of every entry on each file of a patch. An entry
 * with none but F lines is for nobody whose path does not begin as one of them does, and the script
 * answers the same without it. Entries with N or K lines stay, which are expressions.
 *
 * Source: scripts/get_maintainer.pl:file_match_pattern @ 6.12.117
 */
export function narrowMaintainers(maintainers: string, patch: Uint8Array): string {
  const paths = pathsOf(new TextDecoder("latin1").decode(patch));
  const dropped = parseMaintainers(maintainers).filter(
    ({ fields }) =>
      !fields.some(({ letter, value }) => {
        if (letter === "N" || letter === "K") return true;
        return letter === "F" && paths.some((path) => path.startsWith(literalOf(value)));
      }),
  );
  const lines: (string | undefined)[] = maintainers.split("\n");
  for (const { line, fields } of dropped) lines.fill(undefined, line - 1, fields.at(-1)?.line);
  return lines.filter((line) => line !== undefined).join("\n");
}

/** Every word of a line that can name a file, with and without its first folder (`a/`, `b/`). */
function pathsOf(patch: string): string[] {
  const heads = patch.match(/^(?:diff |---|\+\+\+|rename |copy ).*$/gm) ?? [];
  const words = heads.flatMap((head) => head.split(/\s+/));
  return [...new Set(words.flatMap((word) => [word, word.slice(word.indexOf("/") + 1)]))];
}

/** How a path has to begin: the pattern before its first sign that may mean something else. */
function literalOf(pattern: string): string {
  const literal = /^[\w./-]*/.exec(pattern)?.[0] ?? "";
  // A sign such as `+` is about the character before it; `*` and `?` are for any text of their own.
  return /^[*?]?$/.test(pattern.charAt(literal.length)) ? literal : literal.slice(0, -1);
}
