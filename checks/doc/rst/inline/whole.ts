import { normalizeName, singleSpaces } from "./escapes.ts";
import type { Found, InlineScan } from "./scan.ts";

/** `name_`, `name__` or `[label]_`. */
export function parseWhole(scan: InlineScan, match: RegExpExecArray): Found {
  const groups = match.groups ?? {};
  const from = scan.from + match.index;
  const to = from + (groups["whole"] ?? "").length;
  const name = groups["refname"];
  if (name === undefined) return footnote(scan, groups, from, to);
  const node = scan.wrap("reference", [from, to], [from, from + name.length]);
  node.name = singleSpaces(name);
  if (groups["refend"] === "__") node.anonymous = true;
  else node.refname = normalizeName(name);
  return { nodes: [node], from, to };
}

function footnote(
  scan: InlineScan,
  groups: Readonly<Record<string, string | undefined>>,
  from: number,
  to: number,
): Found {
  const label = groups["label"] ?? "";
  const type = groups["citation"] === undefined ? "footnote_reference" : "citation_reference";
  const isAuto = label === "*" || label.startsWith("#");
  const inner: readonly [number, number] = [from + 1, from + 1 + (isAuto ? 0 : label.length)];
  const node = scan.wrap(type, [from, to], inner);
  node.refname = normalizeName(label);
  return { nodes: [node], from, to };
}
