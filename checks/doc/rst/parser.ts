import type { Plugin } from "unified";
import { Block } from "./lines/block.ts";
import { SourceMap } from "./lines/source-map.ts";
import { Machine } from "./machine.ts";
import { ERROR, ParseRun, reachChildren } from "./parse-run.ts";
import { runMachine } from "./run-machine.ts";
import type { RstRoot } from "./tree.ts";

/** docutils does not parse a document with a longer line, and neither do we. */
const MAX_LINE_LENGTH = 10_000;

export interface ParseOptions {
  /** Leaves out what is inside of paragraphs, which whoever looks for labels does not need. */
  readonly blocksOnly?: boolean;
}

/**
 * Parses reStructuredText as docutils does, with the directives of the kernel.
 *
 * Never throws: what is wrong is in `messages`, and the tree has what could be read.
 */
export function parseRst(source: string, { blocksOnly = false }: ParseOptions = {}): RstRoot {
  const map = new SourceMap(source);
  const run = new ParseRun(map, blocksOnly);
  const root: RstRoot = {
    type: "root",
    position: { start: map.point(0, 0), end: map.point(map.lines.length, 0) },
    children: [],
    messages: run.messages,
  };
  const long = map.lines.find((line) => line.text.length > MAX_LINE_LENGTH);
  if (long !== undefined) {
    const text = `the line is longer than ${MAX_LINE_LENGTH} characters; nothing is parsed`;
    run.report({ level: ERROR, kind: "line-too-long", text }, run.lineSpan(long));
    return root;
  }
  runMachine(new Machine(run, new Block(map.lines), root, true), "Body");
  for (const child of root.children) reachChildren(child);
  return root;
}

/** The parser as a plugin of unified 11: `unified().use(rst).parse(source)`. */
export const rst: Plugin<[], string, RstRoot> = function rst() {
  this.parser = (document) => parseRst(document);
};
