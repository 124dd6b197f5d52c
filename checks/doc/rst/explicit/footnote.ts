import { normalizeName } from "../inline/escapes.ts";
import type { Machine } from "../machine.ts";
import { element } from "../parse-run.ts";
import { parseNested } from "../run-machine.ts";

/** `.. [label] text`. A footnote that numbers itself has no label node. */
export function parseFootnote(
  machine: Machine,
  match: RegExpExecArray,
  type: "footnote" | "citation",
): boolean {
  const { run, line } = machine;
  const label = match[1] ?? "";
  const { block, blankFinish } = machine.indented({ firstIndent: match[0].length });
  const node = element(type, {
    start: run.pointAt(line),
    end: run.blockSpan(block)?.end ?? run.endOf(line),
  });
  node.name = normalizeName(label);
  if (type === "citation" || /^[0-9]/.test(label)) {
    const start = line.text.indexOf("[") + 1;
    const position = run.lineSpan(line, start, start + label.length);
    node.children.push(element("label", position, { value: label }));
  }
  if (block.length > 0) parseNested(machine, block, node);
  machine.append(node);
  return blankFinish;
}
