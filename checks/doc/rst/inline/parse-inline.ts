import type { Line } from "../lines/source-map.ts";
import type { ParseRun } from "../parse-run.ts";
import type { RstNode } from "../tree.ts";
import { implicitInline } from "./implicit.ts";
import { InlineSource } from "./inline-source.ts";
import { parseInterpreted } from "./interpreted.ts";
import { INITIAL, MARK } from "./patterns.ts";
import { type Found, InlineScan } from "./scan.ts";
import { parseSimple } from "./simple.ts";
import { parseWhole } from "./whole.ts";

/** Nodes of a text, with the part of the text that each was made of. */
export interface InlineResult {
  readonly nodes: RstNode[];
  /** For each node where it starts and ends in `escaped`. */
  readonly ranges: (readonly [number, number])[];
  /** The text, escapes hidden as `escapes.ts` says. */
  readonly escaped: string;
}

/**
 * Parses inline markup.
 *
 * @param lines what the text was taken from, without the indent
 * @param length how much of the joined lines counts
 */
export function parseInline(run: ParseRun, lines: readonly Line[], length?: number): InlineResult {
  const source = new InlineSource(run, lines, length);
  const result: InlineResult = { nodes: [], ranges: [], escaped: source.escaped };
  const add = (node: RstNode, from: number, to: number): void => {
    result.nodes.push(node);
    result.ranges.push([from, to]);
  };
  if (!MARK.test(source.escaped)) {
    implicitInline(source, 0, source.escaped.length, add);
    return result;
  }
  const scan = new InlineScan(source);
  let plainFrom = 0;
  while (scan.from < source.escaped.length) {
    const rest = source.escaped.slice(scan.from);
    const match = MARK.test(rest) ? INITIAL.exec(rest) : null;
    if (match === null) break;
    const found = dispatch(scan, match);
    if (found.nodes.length > 0) {
      implicitInline(source, plainFrom, found.from, add);
      for (const node of found.nodes) add(node, found.from, found.to);
      plainFrom = found.to;
    }
    scan.from = found.to;
  }
  implicitInline(source, plainFrom, source.escaped.length, add);
  return result;
}

function dispatch(scan: InlineScan, match: RegExpExecArray): Found {
  const groups = match.groups ?? {};
  if (groups["start"] !== undefined) return parseSimple(scan, match, groups["start"]);
  if (groups["whole"] !== undefined) return parseWhole(scan, match);
  return parseInterpreted(scan, match);
}
