import { normalizeName, removeEscapes, restoreEscapes } from "./escapes.ts";
import { END } from "./patterns.ts";
import type { EndString, Found, InlineScan } from "./scan.ts";

interface SimpleKind {
  readonly type: string;
  readonly end: RegExp;
}

/** Markup between a start and an end string. */
const KINDS: Readonly<Record<string, SimpleKind>> = {
  "*": { type: "emphasis", end: END.emphasis },
  "**": { type: "strong", end: END.strong },
  "``": { type: "literal", end: END.literal },
  "_`": { type: "target", end: END.target },
  "|": { type: "substitution_reference", end: END.substitution },
};

/** Emphasis, strong, literal, internal target or substitution reference. */
export function parseSimple(scan: InlineScan, match: RegExpExecArray, start: string): Found {
  const kind = KINDS[start] ?? { type: "emphasis", end: END.emphasis };
  const from = scan.from + match.index;
  const inner = from + start.length;
  // The quotes are looked for around the whole match, as docutils does.
  const matchEnd = from + match[0].length;
  if (scan.isQuoted(from, matchEnd)) return { nodes: [], from, to: inner };
  const end = scan.findEnd(kind.end, inner);
  if (end === undefined) {
    return scan.problem(
      "inline-without-end",
      `inline ${kind.type} start-string without end-string`,
      from,
      inner,
    );
  }
  return { nodes: [makeNode(scan, kind.type, from, inner, end)], from, to: end.to };
}

function makeNode(
  scan: InlineScan,
  type: string,
  from: number,
  inner: number,
  end: EndString,
): ReturnType<InlineScan["leaf"]> {
  const content = scan.text.slice(inner, end.at);
  if (type === "literal") return scan.leaf(type, from, end.to, restoreEscapes(content));
  const node = scan.wrap(type, [from, end.to], [inner, end.at]);
  const name = normalizeName(removeEscapes(content));
  if (type === "target") node.name = name;
  if (type !== "substitution_reference") return node;
  node.name = removeEscapes(content);
  const suffix = end.match[1] ?? "";
  if (!suffix.endsWith("_")) return node;
  const reference = scan.wrap("reference", [from, end.to], [from, from]);
  reference.children = [node];
  if (suffix.endsWith("__")) reference.anonymous = true;
  else reference.refname = name;
  return reference;
}
