import type { Block } from "./lines/block.ts";
import type { Line, SourceMap } from "./lines/source-map.ts";
import { isBlank } from "./lines/white-space.ts";
import type { MessageLevel, Point, Position, RstMessage, RstNode } from "./tree.ts";

/** Levels of docutils' reporter. */
export const INFO: MessageLevel = 1;
export const WARNING: MessageLevel = 2;
export const ERROR: MessageLevel = 3;
export const SEVERE: MessageLevel = 4;

/** What is wrong, in docutils' terms. */
export interface Report {
  readonly level: MessageLevel;
  readonly kind: string;
  readonly text: string;
}

/** What all parts of one parse share. */
export class ParseRun {
  readonly map: SourceMap;
  /** Whether paragraphs are left empty. */
  readonly blocksOnly: boolean;
  readonly messages: RstMessage[] = [];
  /** Adornments in the order in which they were first used; two characters with an overline. */
  titleStyles: string[] = [];
  sectionLevel = 0;
  /** Set while an overlined title ends the sections that it does not belong to. */
  bubblingUp = false;
  depth = 0;

  constructor(map: SourceMap, blocksOnly = false) {
    this.map = map;
    this.blocksOnly = blocksOnly;
  }

  report(report: Report, position: Position): void {
    this.messages.push({ ...report, position });
  }

  /** The place of a character of a line. */
  pointAt(line: Line, index = 0): Point {
    return this.map.point(line.row, line.column + index);
  }

  endOf(line: Line): Point {
    return this.pointAt(line, line.text.length);
  }

  /** The place of a line, or of a part of it. */
  lineSpan(line: Line, from = 0, to = line.text.length): Position {
    return { start: this.pointAt(line, from), end: this.pointAt(line, to) };
  }

  /** From the first to the last character of a block that is not white space. */
  blockSpan(block: Block): Position | undefined {
    let top = 0;
    let bottom = block.length - 1;
    while (top <= bottom && isBlank(block.text(top))) top++;
    while (bottom > top && isBlank(block.text(bottom))) bottom--;
    const first = block.at(top);
    const last = block.at(bottom);
    if (first === undefined || last === undefined) return undefined;
    return { start: this.pointAt(first), end: this.endOf(last) };
  }

  /** The place just behind a node's start, for what has no text. */
  emptySpan(point: Point): Position {
    return { start: point, end: point };
  }
}

/** Makes a node. */
export function element(
  type: string,
  position: Position,
  fields: Partial<Omit<RstNode, "type" | "position">> = {},
): RstNode {
  const { start, end } = position;
  return Object.assign({ type, position: { start, end }, children: [] }, fields);
}

/** Makes every node reach at least to the end of its last descendant. */
export function reachChildren(node: RstNode): void {
  for (const child of node.children) {
    reachChildren(child);
    if (child.position.end.offset > node.position.end.offset)
      node.position.end = child.position.end;
  }
}
