/** A symbol of the kernel that a page or a comment cites. */
export interface Citation {
  /** Path in the kernel tree. */
  readonly path: string;
  readonly symbol: string;
  /** 1-based line of the citing file. */
  readonly line: number;
}

/** The start of a comment's next line, or of a page's. */
const BREAK = String.raw`\s*(?:\n[ \t]*(?:\*|//|#)?[ \t]*)?`;
const NAME = String.raw`([A-Za-z0-9_.+\-]+(?:/[A-Za-z0-9_.+\-]+)*):([A-Za-z0-9_./\-]+)`;

/** Every `path:symbol @ version` of a text; the version may stand on the next line. Pure. */
export function findCitations(text: string, version: string): Citation[] {
  const pattern = new RegExp(`${NAME}${BREAK}@${BREAK}${version.replaceAll(".", "\\.")}`, "g");
  return [...text.matchAll(pattern)].map((match) => at(text, match));
}

/** Every `folder/file:symbol` in code quotes; for pages that name the version once. Pure. */
export function findQuotedSymbols(text: string): Citation[] {
  return [...text.matchAll(new RegExp(`\`${NAME}\``, "g"))]
    .map((match) => at(text, match))
    .filter(({ path }) => path.includes("/"));
}

function at(text: string, match: RegExpMatchArray): Citation {
  const [, path = "", symbol = ""] = match;
  return { path, symbol, line: text.slice(0, match.index).split("\n").length };
}

/** Whether a symbol stands in a source as a word of its own. Pure. */
export function hasSymbol(source: string, symbol: string): boolean {
  const quoted = symbol.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![A-Za-z0-9_])${quoted}(?![A-Za-z0-9_])`).test(source);
}
