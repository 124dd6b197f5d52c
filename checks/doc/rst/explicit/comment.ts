import type { Line } from "../lines/source-map.ts";
import { isBlank } from "../lines/white-space.ts";
import type { Machine } from "../machine.ts";
import { element } from "../parse-run.ts";

/**
 * A comment.
 *
 * Two dots alone before a blank line are an empty comment, which takes nothing of what follows.
 *
 * @param first the line with the dots; a malformed construct may already be behind it
 */
export function parseComment(machine: Machine, first: Line, markerEnd: number): boolean {
  const { run } = machine;
  if (machine.isNextLineBlank() && isBlank(first.text.slice(markerEnd))) {
    machine.append(element("comment", run.lineSpan(first)));
    return true;
  }
  const { block, blankFinish } = machine.indented({ firstIndent: markerEnd });
  const content = block.withoutBlankBottom();
  const value = content.join();
  const node = element("comment", {
    start: run.pointAt(first),
    end: run.blockSpan(content)?.end ?? run.endOf(first),
  });
  if (value !== "") node.value = value;
  machine.append(node);
  return blankFinish;
}
