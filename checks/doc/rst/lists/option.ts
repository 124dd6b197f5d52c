import type { Line } from "../lines/source-map.ts";
import { trimEnd, words } from "../lines/white-space.ts";
import { type Machine, type Outcome, RETRY_AS_TEXT } from "../machine.ts";
import { ERROR, element, type ParseRun } from "../parse-run.ts";
import { parseFollowing, parseNested } from "../run-machine.ts";
import { appendBlockQuotes } from "../states/block-quote.ts";
import { leaveList } from "../states/body.ts";
import { warnUnindent } from "../states/unindent.ts";
import type { RstNode } from "../tree.ts";

/** The first item of an option list, or a text that looks like one. */
export function startOptionList(machine: Machine, markerEnd: number): Outcome {
  const { run, line } = machine;
  const options = readOptions(run, line, markerEnd);
  if (options === undefined) return brokenMarker(machine, markerEnd);
  const item = optionItem(machine, markerEnd, options);
  if (item === undefined) return RETRY_AS_TEXT;
  const list = element("option_list", run.lineSpan(line), { children: [item] });
  machine.append(list);
  if (!parseFollowing(machine, list, "OptionList", machine.blankFinish)) {
    warnUnindent(machine, "option list");
  }
  machine.context = [];
  return "Body";
}

/** A further item. */
export function addOption(machine: Machine, markerEnd: number): Outcome {
  const options = readOptions(machine.run, machine.line, markerEnd);
  if (options === undefined) return leaveList(machine);
  const item = optionItem(machine, markerEnd, options);
  if (item === undefined) return leaveList(machine);
  machine.append(item);
  return "OptionList";
}

function brokenMarker(machine: Machine, markerEnd: number): Outcome {
  const { run, line } = machine;
  const text = "an option has more than one argument";
  run.report({ level: ERROR, kind: "invalid-option-marker", text }, run.lineSpan(line));
  const { block, blankFinish } = machine.indented({ firstIndent: markerEnd });
  appendBlockQuotes(machine, block);
  if (!blankFinish) warnUnindent(machine, "option list");
  machine.context = [];
  return "Body";
}

/** Undefined, with the cursor where it was, when there is no description. */
function optionItem(machine: Machine, markerEnd: number, group: RstNode): RstNode | undefined {
  const { run, line, offset } = machine;
  const { block, blankFinish } = machine.indented({ firstIndent: markerEnd });
  const position = run.blockSpan(block);
  if (position === undefined) {
    machine.offset = offset;
    return undefined;
  }
  machine.blankFinish = blankFinish;
  const description = element("description", position);
  parseNested(machine, block, description);
  return element(
    "option_list_item",
    { start: run.pointAt(line), end: position.end },
    { children: [group, description] },
  );
}

function readOptions(run: ParseRun, line: Line, markerEnd: number): RstNode | undefined {
  const marker = trimEnd(line.text.slice(0, markerEnd));
  const group = element("option_group", run.lineSpan(line, 0, marker.length));
  let from = 0;
  for (const part of marker.split(", ")) {
    const option = readOption(run, line, from, part);
    if (option === undefined) return undefined;
    group.children.push(option);
    from += part.length + 2;
  }
  return group;
}

function readOption(run: ParseRun, line: Line, from: number, part: string): RstNode | undefined {
  const tokens = optionTokens(part);
  const [name = "", argument] = tokens;
  if (tokens.length < 1 || tokens.length > 2) return undefined;
  const option = element("option", run.lineSpan(line, from, from + part.length));
  const leaf = (type: string, value: string, start: number): void => {
    const at = from + Math.max(start, 0);
    const position = run.lineSpan(line, at, at + value.length);
    option.children.push(element(type, position, { value }));
  };
  leaf("option_string", name, part.indexOf(name));
  if (argument !== undefined) leaf("option_argument", argument, part.lastIndexOf(argument));
  return option;
}

/** `--name=value`, `-nvalue`, `-n value` and `-n <two values>` as name and argument. */
function optionTokens(part: string): string[] {
  const tokens = words(part);
  const first = tokens[0] ?? "";
  const equals = first.indexOf("=");
  if (equals >= 0) {
    tokens.splice(0, 1, first.slice(0, equals), first.slice(equals + 1));
  } else if (first.length > 2 && (/^-(?!-)/.test(first) || first.startsWith("+"))) {
    tokens.splice(0, 1, first.slice(0, 2), first.slice(2));
  }
  if (tokens.length > 1 && tokens[1]?.startsWith("<") && tokens.at(-1)?.endsWith(">")) {
    tokens.splice(1, tokens.length, tokens.slice(1).join(" "));
  }
  return tokens;
}
