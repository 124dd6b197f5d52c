import { removeEscapes } from "../inline/escapes.ts";
import { InlineSource } from "../inline/inline-source.ts";
import { parseInline } from "../inline/parse-inline.ts";
import type { Line } from "../lines/source-map.ts";
import { trimEnd } from "../lines/white-space.ts";
import type { Machine, Outcome } from "../machine.ts";
import { element, INFO } from "../parse-run.ts";
import { parseFollowing, parseNested } from "../run-machine.ts";
import { warnUnindent } from "../states/unindent.ts";
import type { RstNode } from "../tree.ts";

const CLASSIFIER = / +: +/g;

/** The first item of a definition list: the line before the current, indented one is the term. */
export function startDefinitionList(machine: Machine): Outcome {
  const item = definitionItem(machine);
  const list = element("definition_list", item.position, { children: [item] });
  machine.append(list);
  if (!parseFollowing(machine, list, "DefinitionList", machine.blankFinish)) {
    warnUnindent(machine, "definition list");
  }
  machine.context = [];
  return "Body";
}

/** A further item. */
export function addDefinition(machine: Machine): Outcome {
  machine.append(definitionItem(machine));
  machine.context = [];
  return "DefinitionList";
}

function definitionItem(machine: Machine): RstNode {
  const { run } = machine;
  const termLine = machine.context[0] ?? machine.line;
  const { block, blankFinish } = machine.indented();
  machine.blankFinish = blankFinish;
  const position = run.blockSpan(block) ?? run.lineSpan(termLine);
  const item = element("definition_list_item", {
    start: run.pointAt(termLine),
    end: position.end,
  });
  item.children.push(...term(machine, termLine));
  if (termLine.text.endsWith("::")) {
    const text = "no blank line behind '::'; this is a definition, not a literal block";
    const end = termLine.text.length;
    run.report(
      { level: INFO, kind: "literal-block-or-definition", text },
      run.lineSpan(termLine, end - 2, end),
    );
  }
  const definition = element("definition", position);
  item.children.push(definition);
  parseNested(machine, block, definition);
  return item;
}

/** A term, and behind ` : ` its classifiers. */
function term(machine: Machine, line: Line): RstNode[] {
  const { run } = machine;
  const source = new InlineSource(run, [line]);
  const { nodes, ranges, escaped } = parseInline(run, [line]);
  let current = element("term", run.lineSpan(line, 0, 0));
  const all = [current];
  nodes.forEach((node, index) => {
    const [from, to] = ranges[index] ?? [0, 0];
    const parts = node.type === "text" ? splitText(escaped, from, to) : [];
    if (parts.length < 2) {
      current.children.push(node);
      return;
    }
    parts.forEach(([start, end], part) => {
      const raw = escaped.slice(start, end);
      const text = part === 0 ? trimEnd(raw) : raw;
      const position = source.span(start, start + text.length);
      if (part > 0) {
        current = element("classifier", position);
        all.push(current);
      }
      const value = removeEscapes(text);
      if (value !== "") current.children.push(element("text", position, { value }));
    });
  });
  return all;
}

function splitText(escaped: string, from: number, to: number): (readonly [number, number])[] {
  const parts: (readonly [number, number])[] = [];
  let start = from;
  for (const match of escaped.slice(from, to).matchAll(CLASSIFIER)) {
    parts.push([start, from + match.index]);
    start = from + match.index + match[0].length;
  }
  parts.push([start, to]);
  return parts;
}
