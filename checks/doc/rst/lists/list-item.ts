import type { Machine } from "../machine.ts";
import { element } from "../parse-run.ts";
import { parseNested } from "../run-machine.ts";
import type { RstNode } from "../tree.ts";

/** Takes the item whose marker is `markerEnd` characters wide on the current line. */
export function listItem(machine: Machine, markerEnd: number): RstNode {
  const { run, line } = machine;
  const { block, blankFinish } = machine.indented(
    line.text.length > markerEnd ? { blockIndent: markerEnd } : { firstIndent: markerEnd },
  );
  machine.blankFinish = blankFinish;
  const start = run.pointAt(line);
  const item = element("list_item", {
    start,
    end: run.blockSpan(block)?.end ?? run.endOf(line),
  });
  if (block.length > 0) parseNested(machine, block, item);
  return item;
}
