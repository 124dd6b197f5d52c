import type { Block } from "../lines/block.ts";
import type { Line } from "../lines/source-map.ts";
import type { Machine } from "../machine.ts";
import { ERROR, element } from "../parse-run.ts";
import { parseNested } from "../run-machine.ts";
import type { RstNode } from "../tree.ts";
import { readOptions } from "./options.ts";
import { type DirectiveSpec, findDirective } from "./specs.ts";
import { type DirectiveParts, splitDirective } from "./split.ts";

/**
 * A directive: `name:: arguments`, options, content. One that is not known, or whose arguments or
 * options are wrong, is reported and left out of the tree, as docutils does.
 *
 * @param markerEnd where the text behind the colons starts
 * @returns whether a blank line or the end follows
 */
export function parseDirective(machine: Machine, name: string, markerEnd: number): boolean {
  const { run, line } = machine;
  const spec = findDirective(name);
  if (spec === undefined) return unknownDirective(machine, name);
  const { block, blankFinish } = machine.indented({ firstIndent: markerEnd, keepTop: true });
  const end = run.blockSpan(block)?.end ?? run.endOf(line);
  const position = { start: run.pointAt(line), end };
  const finished = blankFinish || machine.isNextLineBlank();
  const parts = splitDirective(spec, block);
  const options = readOptions(run, parts.options);
  const problem = typeof options === "string" ? options : findProblem(spec, parts);
  if (problem !== undefined || typeof options === "string") {
    const text = `error in the directive '${name}': ${problem}`;
    run.report({ level: ERROR, kind: "directive-error", text }, position);
    return blankFinish;
  }
  const node = element("directive", position, {
    name: name.toLowerCase(),
    arguments: splitArguments(spec, parts),
    options,
  });
  appendContent(machine, node, spec, parts.content);
  machine.append(node);
  return finished;
}

function unknownDirective(machine: Machine, name: string): boolean {
  const { run, line } = machine;
  const { block, blankFinish } = machine.indented({ firstIndent: 0, keepIndent: true });
  const text = `unknown directive '${name}'`;
  const position = run.blockSpan(block) ?? run.lineSpan(line);
  run.report({ level: ERROR, kind: "unknown-directive", text }, position);
  return blankFinish;
}

function argumentWords(parts: DirectiveParts): string[] {
  return parts.argument
    .toArray()
    .flatMap((line: Line) => line.text.split(/\s+/))
    .filter((word) => word !== "");
}

function findProblem(spec: DirectiveSpec, parts: DirectiveParts): string | undefined {
  const most = spec.required + spec.optional;
  if (most > 0) {
    const count = argumentWords(parts).length;
    if (count < spec.required) return `it needs ${spec.required} argument(s), and has ${count}`;
    if (count > most && !spec.lastTakesRest) return `it takes ${most} argument(s), not ${count}`;
  }
  if (parts.content.length > 0 && spec.content === "none") return "it takes no content";
  return undefined;
}

function splitArguments(spec: DirectiveSpec, parts: DirectiveParts): string[] {
  const all = argumentWords(parts);
  const most = spec.required + spec.optional;
  if (all.length <= most) return all;
  // The last argument is all the rest, with its own white space.
  let rest = parts.argument.join().trim();
  const before = all.slice(0, most - 1);
  for (const word of before) rest = rest.slice(word.length).trimStart();
  return [...before, rest];
}

function appendContent(machine: Machine, node: RstNode, spec: DirectiveSpec, content: Block): void {
  const { run } = machine;
  const span = run.blockSpan(content);
  if (span === undefined) return;
  node.content = span;
  if (spec.content === "raw") {
    node.value = content.join();
    return;
  }
  if (spec.content === "nested") {
    parseNested(machine, content, node);
    return;
  }
  const { titleStyles, sectionLevel } = run;
  run.titleStyles = [];
  run.sectionLevel = 0;
  parseNested(machine, content, node, { matchTitles: true });
  run.titleStyles = titleStyles;
  run.sectionLevel = sectionLevel;
}
