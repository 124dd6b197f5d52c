import { element } from "../parse-run.ts";
import {
  joinAddress,
  normalizeName,
  removeEscapes,
  restoreEscapes,
  singleSpaces,
} from "./escapes.ts";
import { EMBEDDED_LINK, END, LEADING_URI, WHOLE_MAIL } from "./patterns.ts";
import type { EndString, Found, InlineScan } from "./scan.ts";

/** Text in backquotes: interpreted text with or without a role, or a phrase reference. */
export function parseInterpreted(scan: InlineScan, match: RegExpExecArray): Found {
  const prefix = match.groups?.["role"] ?? "";
  const from = scan.from + match.index;
  const quote = from + prefix.length;
  if (prefix === "" && scan.isQuoted(from, quote + 1)) return { nodes: [], from, to: quote + 1 };
  const end = scan.findEnd(END.interpreted, quote + 1);
  if (end === undefined) {
    const what = "interpreted text or phrase reference start-string without end-string";
    const found = scan.problem("inline-without-end", what, quote, quote + 1);
    return found;
  }
  const suffix = end.match.groups?.["role"] ?? "";
  if (prefix !== "" && suffix !== "") {
    return scan.problem("two-roles", "a role before and behind the text", from, end.to);
  }
  const role = (prefix || suffix).slice(1, -1);
  if (restoreEscapes(scan.text.slice(quote, end.to)).endsWith("_")) {
    if (role !== "") {
      return scan.problem("role-and-reference", "both a role and a reference", from, end.to);
    }
    return phraseReference(scan, quote, end);
  }
  const value = removeEscapes(scan.text.slice(quote + 1, end.at));
  const type = role === "" ? "title_reference" : "role";
  const node = scan.leaf(type, from, end.to, value);
  if (role !== "") node.name = role.toLowerCase();
  return { nodes: [node], from, to: end.to };
}

/** `text`_, `text <address>`_, `text <name_>`_ and the same with two underscores. */
function phraseReference(scan: InlineScan, from: number, end: EndString): Found {
  const inner = from + 1;
  const escaped = scan.text.slice(inner, end.at);
  const isAnonymous = scan.text.slice(from, end.to).endsWith("__");
  const link = EMBEDDED_LINK.exec(escaped);
  if (link === null) {
    const node = scan.wrap("reference", [from, end.to], [inner, end.at]);
    const name = removeEscapes(escaped);
    node.name = singleSpaces(name);
    if (isAnonymous) node.anonymous = true;
    else node.refname = normalizeName(name);
    return { nodes: [node], from, to: end.to };
  }
  const address = link[2] ?? "";
  const isName = isAlias(address);
  const refuri = embeddedAddress(address);
  const target = element("target", scan.source.span(inner + link.index, end.at));
  const node = scan.wrap("reference", [from, end.to], [inner, inner + link.index]);
  const text = removeEscapes(escaped.slice(0, link.index));
  if (text === "") {
    const value = isName ? normalizeName(removeEscapes(address.slice(0, -1))) : refuri;
    node.children.push(element("text", target.position, { value }));
    node.name = singleSpaces(value);
  } else {
    node.name = singleSpaces(text);
  }
  const fields = isName
    ? { refname: normalizeName(removeEscapes(address.slice(0, -1))) }
    : { refuri };
  Object.assign(node, fields);
  Object.assign(target, fields);
  if (isAnonymous) return { nodes: [node], from, to: end.to };
  target.name = normalizeName(text === "" ? node.name : text);
  return { nodes: [node, target], from, to: end.to };
}

/** Whether what stands in angle brackets is the name of a target, as in `text <name_>`_. */
function isAlias(address: string): boolean {
  if (!address.endsWith("_")) return false;
  return !restoreEscapes(address).endsWith("\\_") && !LEADING_URI.test(address);
}

function embeddedAddress(address: string): string {
  const joined = joinAddress(address);
  const uri = WHOLE_MAIL.test(joined) ? `mailto:${joined}` : joined;
  return uri.endsWith("\\_") ? `${uri.slice(0, -2)}_` : uri;
}
