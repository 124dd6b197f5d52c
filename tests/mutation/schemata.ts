import { type CFunction, findFunctions, lineOf, maskSource } from "./c-source.ts";
import { type Edit, mutateFunction } from "./operators.ts";

/** One change of one function. */
export interface Mutant {
  /** From 1; 0 is the source as it is. */
  readonly id: number;
  readonly fn: string;
  /** Line of the source where the change begins, from 1. */
  readonly line: number;
  /** That line, without what surrounds it. */
  readonly lineText: string;
  readonly operator: string;
  /** What was there, on one line. */
  readonly before: string;
  readonly after: string;
  readonly edit: Edit;
}

/** The command of the ioctl that selects a mutant is this plus its id. */
export const SELECT_COMMAND = 0x4d550000;

/** The entry that takes the selecting command. */
const ENTRY = "hbf_ioctl";

/** All mutants of the functions that are not left out. */
export function makeMutants(source: string, leftOut: ReadonlySet<string>): readonly Mutant[] {
  const masked = maskSource(source);
  const functions = findFunctions(source).filter(({ name }) => !leftOut.has(name));
  const seen = new Set<string>();
  const edits = functions.flatMap((fn) =>
    mutateFunction(masked, fn)
      .filter(({ start, end, replacement }) => {
        const key = `${start} ${end} ${replacement}`;
        const isNew = !seen.has(key);
        seen.add(key);
        return isNew;
      })
      .map((edit) => ({ fn: fn.name, edit })),
  );
  return edits.map(({ fn, edit }, index) => ({
    id: index + 1,
    fn,
    line: lineOf(source, edit.start),
    lineText: (source.split("\n")[lineOf(source, edit.start) - 1] ?? "").trim(),
    operator: edit.operator,
    before: oneLine(source.slice(edit.start, edit.end)),
    after: oneLine(edit.replacement),
    edit,
  }));
}

/** Where a line of the combined source comes from. */
export interface Combined {
  readonly source: string;
  /** Id of the mutant that a line of it belongs to. */
  readonly mutantOfLine: ReadonlyMap<number, number>;
}

/**
 * One source with every mutant in it: each function becomes one variant for each of its mutants,
 * and a dispatcher under its old name that calls the variant which is selected.
 */
export function combineMutants(source: string, mutants: readonly Mutant[]): Combined {
  const functions = findFunctions(source);
  let text = "";
  let copied = 0;
  const mutantOfLine = new Map<number, number>();
  for (const fn of functions) {
    const own = mutants.filter((mutant) => mutant.fn === fn.name);
    if (own.length === 0 && fn.name !== ENTRY) continue;
    text += source.slice(copied, fn.start);
    if (copied === 0) text += "static unsigned int hbf_mutant;\n\n";
    copied = fn.end;
    text += `${variant(source, fn, 0, undefined)}\n\n`;
    for (const { id, edit } of own) {
      const from = text.split("\n").length;
      text += `${variant(source, fn, id, edit)}\n\n`;
      for (let line = from; line < text.split("\n").length; line += 1) mutantOfLine.set(line, id);
    }
    text += dispatcher(fn, own);
  }
  return { source: text + source.slice(copied), mutantOfLine };
}

/** The name of a function's variant in the combined source. */
export function variantName(fn: string, id: number): string {
  return `${fn}__m${id}`;
}

function variant(source: string, fn: CFunction, id: number, edit: Edit | undefined): string {
  const signature = fn.signature.replace(`${fn.name}(`, `${variantName(fn.name, id)}(`);
  const body =
    edit === undefined
      ? source.slice(fn.bodyStart, fn.bodyEnd)
      : source.slice(fn.bodyStart, edit.start) +
        edit.replacement +
        source.slice(edit.end, fn.bodyEnd);
  return `__attribute__((noipa)) ${signature}\n{${body}}`;
}

function dispatcher(fn: CFunction, own: readonly Mutant[]): string {
  const call = (id: number): string =>
    `${fn.returnsValue ? "return " : ""}${variantName(fn.name, id)}(${fn.parameters.join(", ")});`;
  const end = fn.returnsValue ? "" : " return;";
  return [
    fn.signature,
    "{",
    ...(fn.name === ENTRY ? selection() : []),
    "\tswitch (READ_ONCE(hbf_mutant)) {",
    ...own.map(({ id }) => `\tcase ${id}: ${call(id)}${end}`),
    `\tdefault: ${call(0)}${end}`,
    "\t}",
    "}",
  ].join("\n");
}

function selection(): readonly string[] {
  const command = `0x${SELECT_COMMAND.toString(16)}`;
  return [
    `\tif ((cmd & 0xffff0000) == ${command}) {`,
    "\t\tWRITE_ONCE(hbf_mutant, cmd & 0xffff);",
    "\t\treturn 0;",
    "\t}",
  ];
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
