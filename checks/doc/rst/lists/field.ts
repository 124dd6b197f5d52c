import { parseInline } from "../inline/parse-inline.ts";
import { cutLine } from "../lines/source-map.ts";
import type { Machine, Outcome } from "../machine.ts";
import { element } from "../parse-run.ts";
import { parseFollowing, parseNested } from "../run-machine.ts";
import { FIELD_MARKER } from "../states/patterns.ts";
import { warnUnindent } from "../states/unindent.ts";
import type { RstNode } from "../tree.ts";

/** The first field of a field list. */
export function startFieldList(machine: Machine, markerEnd: number): Outcome {
  const list = element("field_list", machine.run.lineSpan(machine.line));
  machine.append(list);
  list.children.push(field(machine, markerEnd));
  if (!parseFollowing(machine, list, "FieldList", machine.blankFinish)) {
    warnUnindent(machine, "field list");
  }
  machine.context = [];
  return "Body";
}

/** A further field. */
export function addField(machine: Machine, markerEnd: number): Outcome {
  machine.append(field(machine, markerEnd));
  return "FieldList";
}

function field(machine: Machine, markerEnd: number): RstNode {
  const { run, line } = machine;
  const marker = FIELD_MARKER.exec(line.text)?.[0] ?? "";
  const nameLine = cutLine(line, 1, marker.lastIndexOf(":"));
  const { block, blankFinish } = machine.indented({ firstIndent: markerEnd });
  machine.blankFinish = blankFinish;
  const span = run.blockSpan(block);
  const end = span?.end ?? run.endOf(line);
  const node = element("field", { start: run.pointAt(line), end });
  const children = parseInline(run, [nameLine]).nodes;
  const body = element("field_body", span ?? run.emptySpan(end));
  node.children.push(element("field_name", run.lineSpan(nameLine), { children }), body);
  if (block.length > 0) parseNested(machine, block, body);
  return node;
}
