import { Block } from "../lines/block.ts";
import { type Machine, type Outcome, STOP } from "../machine.ts";
import { ERROR, element, WARNING } from "../parse-run.ts";

const QUOTE = /^[!-/:-@[-`{-~]/;

/** A line of a literal block that is quoted instead of indented. */
export function stepQuotes(machine: Machine): Outcome {
  const { text, quote, context } = machine;
  if (quote !== undefined && text.startsWith(quote)) {
    context.push(machine.line);
    return "QuotedLiteralBlock";
  }
  if (text === "") return context.length > 0 ? STOP : "QuotedLiteralBlock";
  if (quote === undefined && text[0] !== " " && QUOTE.test(text)) {
    machine.quote = text.charAt(0);
    context.push(machine.line);
    return "QuotedLiteralBlock";
  }
  if (context.length > 0) complain(machine);
  return STOP;
}

function complain(machine: Machine): void {
  const isIndent = machine.text.startsWith(" ");
  machine.run.report(
    {
      level: ERROR,
      kind: isIndent ? "unexpected-indentation" : "inconsistent-quoting",
      text: isIndent
        ? "unexpected indentation"
        : "the lines of a quoted literal block start with different characters",
    },
    machine.run.lineSpan(machine.line),
  );
  machine.previous();
}

/** The quoted lines are all there. */
export function atEndOfQuotes(machine: Machine): Outcome {
  const { run, context } = machine;
  const block = new Block(context);
  const position = run.blockSpan(block);
  if (position !== undefined) {
    machine.append(element("literal_block", position, { value: block.join() }));
    return STOP;
  }
  const text = "a literal block is announced, but none follows";
  run.report({ level: WARNING, kind: "literal-block-missing", text }, run.lineSpan(machine.line));
  machine.previous();
  return STOP;
}
