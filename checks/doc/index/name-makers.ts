import type { PasteMacro, PasteMacros } from "./paste-macros.ts";

/** One form of a macro, ready to be called. */
interface NameMaker {
  readonly arity: number;
  readonly isVariadic: boolean;
  readonly templates: readonly Template[];
}

interface Template {
  /** Text, and which argument stands there. */
  readonly parts: readonly (string | number)[];
  /** The macro that it calls; empty when it calls none, or an argument is a part of the name. */
  readonly calls: string;
}

/** Macros that make names. */
export type NameMakers = ReadonlyMap<string, readonly NameMaker[]>;

/** The forms of a macro; none when there is no such macro, or it makes no names. */
export type FindMakers = (name: string) => readonly NameMaker[];

const MOST_ARGUMENTS_LENGTH = 2_000;
/** Calls that one call may lead to; those of the kernel that make names need far fewer. */
const MOST_CALLS = 100;

/**
 * Leaves only the macros that paste, be it through others that they call.
 *
 * @param isPasting tells of macros from elsewhere
 */
export function makersOf(
  macros: PasteMacros,
  isPasting: (name: string) => boolean = () => false,
): NameMakers {
  const pasting = new Set<string>();
  const leads = (piece: string): boolean => {
    const name = calledBy(piece);
    return piece.includes("##") || pasting.has(name) || isPasting(name);
  };
  const makes = (macro: PasteMacro): boolean => macro.pieces.some(leads);
  for (let before = -1; before !== pasting.size; ) {
    before = pasting.size;
    for (const [name, forms] of macros) if (forms.some(makes)) pasting.add(name);
  }
  const kept = [...macros].filter(([name]) => pasting.has(name));
  return new Map(
    kept.map(([name, forms]) => [name, forms.map((form) => compileForm(form, leads))]),
  );
}

function compileForm(form: PasteMacro, leads: (piece: string) => boolean): NameMaker {
  const { params, isVariadic, pieces } = form;
  const templates = pieces.filter(leads).map((piece) => {
    // Every other part is a word.
    const parts = piece.split(/\b([A-Za-z_]\w*)\b/).flatMap((part, at) => {
      const param = at % 2 === 1 ? params.lastIndexOf(part) : -1;
      if (param >= 0) return param;
      const text = part.replace(/\s*##\s*/g, "");
      return text === "" ? [] : text;
    });
    const [name, open] = parts;
    const isCall = typeof name === "string" && typeof open === "string" && open.startsWith("(");
    return { parts, calls: isCall ? name : "" };
  });
  return { arity: params.length, isVariadic, templates };
}

function calledBy(piece: string): string {
  return /^\w+(?=\()/.exec(piece)?.[0] ?? "";
}

/** The arguments of a call whose opening parenthesis is at `open`; undefined without an end. */
export function readArguments(text: string, open: number): string[] | undefined {
  const args: string[] = [];
  let depth = 0;
  let start = open + 1;
  const most = Math.min(text.length, open + MOST_ARGUMENTS_LENGTH);
  for (let at = open; at < most; at++) {
    const character = text[at];
    if (character === "(") depth++;
    else if (character === ")") depth--;
    if (depth === 0 || (depth === 1 && character === ",")) {
      args.push(text.slice(start, at).trim());
      start = at + 1;
    }
    if (depth === 0) return args;
  }
  return undefined;
}

/** Tells each name that a call of a macro makes. */
export function expandNames(
  first: { readonly name: string; readonly args: readonly string[] },
  find: FindMakers,
  tell: (name: string) => void,
): void {
  const waiting = [first];
  const seen = new Set<string>();
  for (let call = waiting.pop(); call !== undefined; call = waiting.pop()) {
    for (const { arity, isVariadic, templates } of find(call.name)) {
      const { args } = call;
      const last = isVariadic ? arity - 1 : -1;
      const argument = (at: number): string =>
        at === last ? args.slice(last).join(",") : (args[at] ?? "");
      for (const { parts, calls } of templates) {
        // Most of what is handed on makes no more names.
        if (calls !== "" && find(calls).length === 0) continue;
        let text = "";
        for (const part of parts) text += typeof part === "string" ? part : argument(part);
        const called = calledBy(text);
        if (called === "") for (const word of text.match(/\b[A-Za-z_]\w+/g) ?? []) tell(word);
        else if (!seen.has(text) && seen.size < MOST_CALLS) {
          seen.add(text);
          const inner = readArguments(text, called.length);
          if (inner !== undefined) waiting.push({ name: called, args: inner });
        }
      }
    }
  }
}
