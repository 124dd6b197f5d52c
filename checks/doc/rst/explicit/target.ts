import {
  hideEscapes,
  joinAddress,
  normalizeName,
  removeEscapes,
  restoreEscapes,
  singleSpaces,
} from "../inline/escapes.ts";
import { WHOLE_MAIL } from "../inline/patterns.ts";
import type { Block } from "../lines/block.ts";
import type { Line } from "../lines/source-map.ts";
import { SPACE, trim } from "../lines/white-space.ts";
import type { Machine } from "../machine.ts";
import { element } from "../parse-run.ts";
import { SIMPLE_NAME } from "../states/patterns.ts";
import type { RstNode } from "../tree.ts";

const NO_SPACE_OR_ESCAPE_BEFORE = `(?<![${SPACE}\\0])`;

const TARGET = new RegExp(
  `^(?:_|(?!_)(?<quote>\`?)(?![ \`])(?<name>.+?)${NO_SPACE_OR_ESCAPE_BEFORE}\\k<quote>)` +
    `(?<!(?<!\\0):)${NO_SPACE_OR_ESCAPE_BEFORE} ?:(?: +|$)`,
  "u",
);

const REFERENCE = new RegExp(
  `^(?:(?<simple>${SIMPLE_NAME})_|\`(?! )(?<phrase>.+?)${NO_SPACE_OR_ESCAPE_BEFORE}\`_)$`,
  "u",
);

/** `.. _name: address`; undefined when the name does not end. */
export function parseTarget(machine: Machine, match: RegExpExecArray): boolean | undefined {
  const { line } = machine;
  const { block, blankFinish } = machine.indented({
    firstIndent: match[0].length,
    untilBlank: true,
    keepIndent: true,
  });
  const parts = block.toArray().map((it) => hideEscapes(it.text));
  let escaped = "";
  for (const [index, part] of parts.entries()) {
    escaped += part;
    const found = TARGET.exec(escaped);
    if (found === null) continue;
    const rest = trim(part.slice(Math.max(0, part.length - escaped.length + found[0].length)));
    const node = makeTarget(machine, line, block, [rest, ...parts.slice(index + 1)]);
    const name = found.groups?.["name"];
    if (name === undefined) node.anonymous = true;
    else node.name = normalizeName(removeEscapes(name));
    machine.append(node);
    return blankFinish;
  }
  return undefined;
}

/** `__ address`. */
export function parseAnonymousTarget(machine: Machine, markerEnd: number): boolean {
  const { line } = machine;
  const { block, blankFinish } = machine.indented({ firstIndent: markerEnd, untilBlank: true });
  const parts = block.toArray().map((it) => hideEscapes(it.text));
  const node = makeTarget(machine, line, block, parts);
  node.anonymous = true;
  machine.append(node);
  return blankFinish;
}

function makeTarget(
  machine: Machine,
  first: Line,
  block: Block,
  parts: readonly string[],
): RstNode {
  const { run } = machine;
  const node = element("target", {
    start: run.pointAt(first),
    end: run.blockSpan(block)?.end ?? run.endOf(first),
  });
  if (trim(parts.at(-1) ?? "").endsWith("_")) {
    const reference = singleSpaces(parts.map(trim).join(" "));
    const groups = REFERENCE.exec(reference)?.groups;
    const name = groups?.["simple"] ?? groups?.["phrase"];
    if (name !== undefined) {
      node.refname = normalizeName(removeEscapes(name));
      return node;
    }
  }
  const address = joinAddress(parts.join(" "));
  if (address !== "") {
    const isMail = WHOLE_MAIL.test(restoreEscapes(address));
    node.refuri = isMail ? `mailto:${address}` : address;
  }
  return node;
}
