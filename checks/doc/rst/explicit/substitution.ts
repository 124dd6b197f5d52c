import { hideEscapes, singleSpaces } from "../inline/escapes.ts";
import { Block } from "../lines/block.ts";
import { cutLine, type Line } from "../lines/source-map.ts";
import { isBlank, leadingSpace, SPACE, trim, trimEnd } from "../lines/white-space.ts";
import type { Machine } from "../machine.ts";
import { ERROR, element, WARNING } from "../parse-run.ts";
import { parseNested } from "../run-machine.ts";
import { type Position, type RstNode, walk } from "../tree.ts";

const NAME = new RegExp(`^(?! )(?<name>.+?)(?<![${SPACE}\\0])\\|(?: +|$)`, "u");

/** Types that cannot stand in what is put in place of a name, as they have a name of their own. */
const WITH_ID: readonly string[] = ["target", "footnote", "citation"];

/** `.. |name| directive:: text`; undefined when the name does not end. */
export function parseSubstitution(machine: Machine, match: RegExpExecArray): boolean | undefined {
  const { run, line } = machine;
  const { block, blankFinish } = machine.indented({
    firstIndent: match[0].length,
    keepIndent: true,
  });
  const position = {
    start: run.pointAt(line),
    end: run.blockSpan(block)?.end ?? run.endOf(line),
  };
  const split = splitName(block);
  if (split === undefined) return undefined;
  const { name, content } = split;
  if (content.length === 0) {
    report(machine, "substitution-empty", `the substitution '${name}' has no text`, position);
    return blankFinish;
  }
  const node = element("substitution_definition", position, { name: singleSpaces(name) });
  const nested = parseNested(machine, content, node, {
    state: "SubstitutionDef",
    prepare: (it) => {
      it.blankFinish = blankFinish;
    },
  });
  if (node.children.length === 0) {
    report(machine, "substitution-empty", `the substitution '${name}' has no text`, position);
  } else if (containsNamed(node)) {
    const text = `the substitution '${name}' contains an element with a name of its own`;
    run.report({ level: ERROR, kind: "substitution-element", text }, position);
  } else {
    machine.append(node);
  }
  return nested.blankFinish;
}

function report(machine: Machine, kind: string, text: string, position: Position): void {
  machine.run.report({ level: WARNING, kind, text }, position);
}

/** The name, which may take several lines, and the lines behind it. */
function splitName(block: Block): { name: string; content: Block } | undefined {
  let escaped = "";
  for (let index = 0; index < block.length; index++) {
    const line = block.at(index);
    if (line === undefined) break;
    const part = index === 0 ? hideEscapes(trimEnd(line.text)) : hideEscapes(trim(line.text));
    escaped = index === 0 ? part : `${escaped} ${part}`;
    const found = NAME.exec(escaped);
    if (found === null) continue;
    const lineStart = escaped.length - part.length;
    const first = restOfLine(line, index, found[0].length - lineStart);
    const rest = block.slice(index + 1);
    const lines = first.text === "" ? rest : new Block([first, ...rest.toArray()]);
    return { name: found.groups?.["name"] ?? "", content: tidy(lines) };
  }
  return undefined;
}

function restOfLine(line: Line, index: number, used: number): Line {
  const skipped = index === 0 ? used : used + leadingSpace(line.text);
  const rest = cutLine(line, Math.min(skipped, line.text.length));
  return cutLine(rest, leadingSpace(rest.text));
}

function tidy(block: Block): Block {
  const content = block.withoutBlankBottom();
  const first = content.at(0);
  if (first === undefined || isBlank(first.text)) return content;
  const trimmed = cutLine(first, leadingSpace(first.text));
  return new Block([trimmed, ...content.slice(1).toArray()]);
}

function containsNamed(node: RstNode): boolean {
  let found = false;
  walk(node, (it) => {
    const isAuto = it.type === "footnote_reference" && it.children.length === 0;
    const isNameless = it.type === "reference" && it.anonymous === true;
    if (WITH_ID.includes(it.type) || isAuto || isNameless) found = true;
  });
  return found;
}
