import { element } from "../parse-run.ts";
import type { RstNode } from "../tree.ts";
import { removeEscapes } from "./escapes.ts";
import type { InlineSource } from "./inline-source.ts";
import { MAY_HAVE_URI, URI } from "./patterns.ts";
import { URI_SCHEMES } from "./uri-schemes.ts";

/** Receives a node and where it starts and ends in the text. */
export type AddNode = (node: RstNode, from: number, to: number) => void;

/**
 * Finds addresses in running text, and makes text nodes of the rest.
 *
 * What looks like an address but has an unknown scheme ends the search, as it does in docutils: a
 * real address behind it in the same text stays text.
 */
export function implicitInline(source: InlineSource, from: number, to: number, add: AddNode): void {
  let rest = from;
  while (rest < to) {
    const text = source.escaped.slice(rest, to);
    const match = MAY_HAVE_URI.test(text) ? URI.exec(text) : null;
    const whole = match?.groups?.["whole"] ?? "";
    const scheme = match?.groups?.["scheme"];
    if (match === null || (scheme !== undefined && !URI_SCHEMES.has(scheme.toLowerCase()))) {
      break;
    }
    const start = rest + match.index;
    implicitInline(source, rest, start, add);
    const value = removeEscapes(whole);
    const refuri = scheme === undefined ? `mailto:${value}` : value;
    const position = source.span(start, start + whole.length);
    const children = [element("text", position, { value })];
    add(element("reference", position, { refuri, children }), start, start + whole.length);
    rest = start + whole.length;
  }
  if (rest < to) {
    const value = removeEscapes(source.escaped.slice(rest, to));
    add(element("text", source.span(rest, to), { value }), rest, to);
  }
}
