import { parseDirective } from "../directives/directive.ts";
import type { Machine } from "../machine.ts";
import { WARNING } from "../parse-run.ts";
import { SIMPLE_NAME } from "../states/patterns.ts";
import { parseComment } from "./comment.ts";
import { parseFootnote } from "./footnote.ts";
import { parseSubstitution } from "./substitution.ts";
import { parseTarget } from "./target.ts";

/** Parses one construct; undefined when its text is malformed, and it is a comment then. */
type Construct = (machine: Machine, match: RegExpExecArray) => boolean | undefined;

const compile = (pattern: string): RegExp => new RegExp(pattern, "u");

const CONSTRUCTS: readonly (readonly [string, RegExp, Construct])[] = [
  [
    "footnote",
    compile(`^\\.\\. +\\[([0-9]+|#|#${SIMPLE_NAME}|\\*)\\](?: +|$)`),
    (machine, match) => parseFootnote(machine, match, "footnote"),
  ],
  [
    "citation",
    compile(`^\\.\\. +\\[(${SIMPLE_NAME})\\](?: +|$)`),
    (machine, match) => parseFootnote(machine, match, "citation"),
  ],
  ["hyperlink target", /^\.\. +_(?![ ]|$)/, parseTarget],
  ["substitution definition", /^\.\. +\|(?![ ]|$)/, parseSubstitution],
  [
    "directive",
    compile(`^\\.\\. +(${SIMPLE_NAME}) ?::(?: +|$)`),
    (machine, match) => parseDirective(machine, match[1] ?? "", match[0].length),
  ],
];

/**
 * Parses what starts with two dots: the first construct whose start matches, else a comment.
 *
 * @param markerEnd where the text behind the dots starts
 * @returns whether a blank line or the end follows
 */
export function parseExplicitConstruct(machine: Machine, markerEnd: number): boolean {
  const { line } = machine;
  for (const [name, pattern, parse] of CONSTRUCTS) {
    const match = pattern.exec(line.text);
    if (match === null) continue;
    const blankFinish = parse(machine, match);
    if (blankFinish !== undefined) return blankFinish;
    const text = `malformed ${name}; it is taken for a comment`;
    const kind = `malformed-${name.replace(" ", "-")}`;
    const finish = parseComment(machine, line, markerEnd);
    machine.run.report({ level: WARNING, kind, text }, machine.run.lineSpan(line));
    return finish;
  }
  return parseComment(machine, line, markerEnd);
}
