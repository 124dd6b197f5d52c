/** A function definition in C source; offsets are into the whole text. */
export interface CFunction {
  readonly name: string;
  /** From the first character of its declaration to behind its closing brace. */
  readonly start: number;
  readonly end: number;
  /** The declaration without the name's body: `static int f(u32 a)`. */
  readonly signature: string;
  /** Names of its parameters. */
  readonly parameters: readonly string[];
  readonly returnsValue: boolean;
  /** Offset behind the opening brace, and of the closing one. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

/** The text with comments and the inside of strings blanked; same length, same lines. */
export function maskSource(text: string): string {
  const blank = (match: string): string => match.replaceAll(/[^\n]/g, " ");
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, blank)
    .replaceAll(/"(?:[^"\\\n]|\\.)*"/g, (match) => `"${" ".repeat(match.length - 2)}"`);
}

/** The static functions of a file in kernel style, in the order of the text. */
export function findFunctions(text: string): readonly CFunction[] {
  const masked = maskSource(text);
  const definition = /^static (?:[\w*]+ )*?\*?(\w+)\(([^;{]*?)\)\n\{\n([\s\S]*?)^\}/gm;
  return [...masked.matchAll(definition)].map((match): CFunction => {
    const [whole, name = "", parameters = ""] = match;
    const end = match.index + whole.length;
    const bodyStart = match.index + whole.indexOf("{\n") + 1;
    const signature = text.slice(match.index, bodyStart - 1).trimEnd();
    return {
      ...{ name, start: match.index, end, signature, bodyStart, bodyEnd: end - 1 },
      parameters: parameters.split(",").map((one) => /(\w+)\s*$/.exec(one)?.[1] ?? ""),
      returnsValue: !/^static (?:inline )?void \w/.test(signature),
    };
  });
}

/** Number of the line that an offset is in, from 1. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Offset behind the bracket that closes the one at `open`. */
export function behindBracket(masked: string, open: number): number {
  let depth = 0;
  for (let at = open; at < masked.length; at += 1) {
    const character = masked[at] ?? "";
    if ("([{".includes(character)) depth += 1;
    if (")]}".includes(character)) depth -= 1;
    if (depth === 0) return at + 1;
  }
  throw new RangeError(`the bracket at ${open} is never closed`);
}
