import type { Machine } from "../machine.ts";
import { element } from "../parse-run.ts";
import { parseNested } from "../run-machine.ts";
import { warnUnindent } from "./unindent.ts";

/** What follows `::`: an indented block, or else lines that start with the same character. */
export function literalBlock(machine: Machine): void {
  const { run } = machine;
  const { block, blankFinish } = machine.indented();
  const content = block.withoutBlankBottom();
  const position = run.blockSpan(content);
  if (position === undefined) {
    quotedLiteralBlock(machine);
    return;
  }
  machine.append(element("literal_block", position, { value: content.join() }));
  if (!blankFinish) warnUnindent(machine, "literal block");
}

function quotedLiteralBlock(machine: Machine): void {
  const nested = parseNested(machine, machine.rest(), machine.node, {
    state: "QuotedLiteralBlock",
    prepare: (it) => {
      it.noLine = machine.line;
    },
  });
  machine.offset += nested.offset;
}
