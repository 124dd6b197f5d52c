import { Block } from "../lines/block.ts";
import { isBlank } from "../lines/white-space.ts";
import { FIELD_MARKER } from "../states/patterns.ts";
import type { DirectiveSpec } from "./specs.ts";

/** The three parts of a directive. */
export interface DirectiveParts {
  readonly argument: Block;
  readonly options: Block;
  readonly content: Block;
}

const NOTHING = new Block([]);

/** Divides the lines of a directive: arguments and options go up to the first blank line. */
export function splitDirective(spec: DirectiveSpec, block: Block): DirectiveParts {
  const lines = withoutOneBlankTop(block).withoutBlankBottom();
  const takesArguments = spec.required + spec.optional > 0;
  if (lines.length === 0 || !(takesArguments || spec.options)) {
    return { argument: NOTHING, options: NOTHING, content: lines.withoutBlankTop() };
  }
  const end = lines.endOfText(0);
  const head = lines.slice(0, end);
  let firstOption = head.length;
  for (let index = head.length - 1; spec.options && index >= 0; index--) {
    if (FIELD_MARKER.test(head.text(index))) firstOption = index;
  }
  const argument = head.slice(0, firstOption);
  const options = head.slice(firstOption);
  if (argument.length === 0 || takesArguments) {
    return { argument, options, content: lines.slice(end + 1).withoutBlankTop() };
  }
  // Without arguments the text before the options is content too; the options stand in between.
  const content = new Block([...argument.toArray(), ...lines.slice(end).toArray()]);
  return { argument: NOTHING, options, content: content.withoutBlankTop() };
}

function withoutOneBlankTop(block: Block): Block {
  return block.length > 0 && isBlank(block.text(0)) ? block.slice(1) : block;
}
