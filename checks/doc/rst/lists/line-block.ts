import { parseInline } from "../inline/parse-inline.ts";
import { trimEnd } from "../lines/white-space.ts";
import type { Machine, Outcome } from "../machine.ts";
import { element, WARNING } from "../parse-run.ts";
import { parseFollowing } from "../run-machine.ts";
import type { RstNode } from "../tree.ts";

/** Indent of each line of a line block; an empty line has that of the line before. */
const INDENTS = new WeakMap<RstNode, number>();

/** The first line of a line block. */
export function startLineBlock(machine: Machine, markerEnd: number): Outcome {
  const { run, line } = machine;
  const block = element("line_block", run.lineSpan(line));
  machine.append(block);
  block.children.push(blockLine(machine, markerEnd));
  const finished =
    machine.blankFinish || parseFollowing(machine, block, "LineBlock", machine.blankFinish);
  if (!finished) {
    const text = "line block ends without a blank line";
    const after = machine.lines.at(machine.offset + 1) ?? line;
    run.report({ level: WARNING, kind: "unexpected-unindent", text }, run.lineSpan(after));
  }
  inheritIndents(block);
  nestLines(block);
  machine.context = [];
  return "Body";
}

/** A further line. */
export function addLine(machine: Machine, markerEnd: number): Outcome {
  machine.append(blockLine(machine, markerEnd));
  return "LineBlock";
}

function blockLine(machine: Machine, markerEnd: number): RstNode {
  const { run, line } = machine;
  const isEmpty = trimEnd(line.text) === "|";
  const { block, blankFinish } = machine.indented({ firstIndent: markerEnd, untilBlank: true });
  machine.blankFinish = blankFinish;
  const children = parseInline(run, block.toArray()).nodes;
  const end = run.blockSpan(block)?.end ?? run.endOf(line);
  const node = element("line", { start: run.pointAt(line), end }, { children });
  if (!isEmpty) INDENTS.set(node, markerEnd - 2);
  return node;
}

function inheritIndents(block: RstNode): void {
  let last = 0;
  for (const line of block.children) {
    last = INDENTS.get(line) ?? last;
    INDENTS.set(line, last);
  }
}

/** Lines that are indented more become a line block in the line block. */
function nestLines(block: RstNode): void {
  const indentOf = (line: RstNode): number => INDENTS.get(line) ?? 0;
  const least = block.children.reduce((low, line) => Math.min(low, indentOf(line)), Infinity);
  const nested: RstNode[] = [];
  let deeper: RstNode | undefined;
  for (const line of block.children) {
    if (indentOf(line) > least) {
      if (deeper === undefined) {
        deeper = element("line_block", line.position);
        nested.push(deeper);
      }
      deeper.children.push(line);
    } else {
      deeper = undefined;
      nested.push(line);
    }
  }
  block.children = nested;
  for (const child of nested) if (child.type === "line_block") nestLines(child);
}
