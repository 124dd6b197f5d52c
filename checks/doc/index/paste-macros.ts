/** A macro that makes names with `##`, or calls one that does. */
export interface PasteMacro {
  readonly params: readonly string[];
  readonly isVariadic: boolean;
  /** What of its body makes names: pasted words, and calls of macros. */
  readonly pieces: readonly string[];
}

export type PasteMacros = Map<string, PasteMacro[]>;

/** A line, up to its end or the backslash that joins the next one. */
const LINE = "(?:[^\\\\\\n]|\\\\[^\\n])*";
const DEFINE = new RegExp(
  `^[ \\t]*#[ \\t]*define[ \\t]+(\\w+)\\(([^()]*)\\)(${LINE}(?:\\\\\\n${LINE})*)`,
  "gm",
);
const PASTED = /\w+(?:[ \t]*##[ \t]*\w+)+|(?:##[ \t]*)\w+/g;
const CALL = /\b[A-Za-z_]\w+\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g;
const MOST_ARGUMENTS_LENGTH = 2_000;
/** Calls that one call may lead to; those of the kernel that make names need far fewer. */
const MOST_CALLS = 100;

/**
 * Adds the macros of a source text that make names: those with `##`, and those that hand a
 * parameter on to one of these.
 */
export function collectPasteMacros(text: string, macros: PasteMacros): void {
  for (const match of text.matchAll(DEFINE)) {
    const [, name = "", list = "", rest = ""] = match;
    const body = rest.replaceAll("\\\n", " ");
    const params = list.split(",").map((param) => param.trim().replace(/\.\.\.$/, ""));
    const isVariadic = list.trimEnd().endsWith("...");
    if (isVariadic && params.at(-1) === "") params[params.length - 1] = "__VA_ARGS__";
    const pasted = body.match(PASTED) ?? [];
    const calls = (body.match(CALL) ?? []).filter((call) => !call.startsWith(`${name}(`));
    const pieces = [...new Set([...pasted, ...calls])];
    if (pieces.length === 0) continue;
    const same = macros.get(name) ?? [];
    // Each architecture may have a form of its own; more than these are not one macro any more.
    if (same.length < 6) same.push({ params, isVariadic, pieces });
    macros.set(name, same);
  }
}

/** The forms of a macro; none when there is no such macro, or it makes no names. */
export type FindMacro = (name: string) => readonly PasteMacro[];

/**
 * Leaves only the macros that paste, be it through others that they call.
 *
 * @param isPasting tells of macros from elsewhere
 */
export function keepPasting(
  macros: PasteMacros,
  isPasting: (name: string) => boolean = () => false,
): PasteMacros {
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
  return new Map(
    [...macros]
      .filter(([name]) => pasting.has(name))
      .map(([name, forms]) => {
        const kept = forms.map(({ pieces, ...form }) => ({
          ...form,
          pieces: pieces.filter(leads),
        }));
        return [name, kept];
      }),
  );
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
  find: FindMacro,
  tell: (name: string) => void,
): void {
  const waiting = [first];
  const seen = new Set<string>();
  for (let call = waiting.pop(); call !== undefined; call = waiting.pop()) {
    for (const { params, isVariadic, pieces } of find(call.name)) {
      const given = call.args;
      const values = new Map(params.map((param, at) => [param, given[at] ?? ""]));
      const last = params.at(-1);
      if (isVariadic && last !== undefined) {
        values.set(last, given.slice(params.length - 1).join(","));
      }
      for (const piece of pieces) {
        const text = piece
          .replace(/\b[A-Za-z_]\w*\b/g, (word) => values.get(word) ?? word)
          .replace(/\s*##\s*/g, "");
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
