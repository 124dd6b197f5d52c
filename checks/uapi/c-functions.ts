/** A function of a C file in the kernel's layout. */
export interface CFunction {
  readonly name: string;
  /** Declarations of the parameters, in order. */
  readonly params: readonly string[];
  /** Between the braces, without comments, strings and directives. */
  readonly body: string;
}

/** A call with its arguments as they are written. */
export interface CCall {
  readonly name: string;
  readonly args: readonly string[];
}

const SILENT = new RegExp(
  [
    ...[/\/\*[\s\S]*?\*\//, /\/\/[^\n]*/, /'(?:[^'\\\n]|\\.)'/, /"(?:[^"\\\n]|\\.)*"/],
    /^[ \t]*#(?:[^\n\\]|\\[\s\S])*/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gm",
);
const FUNCTION = /^[A-Za-z_][^;{}=()]*?(\w+)\(([^;{}]*?)\)[^;{}()]*\n\{\n([\s\S]*?)^\}/gm;
const KEYWORDS = /^(?:if|for|while|switch|return|sizeof|typeof|defined)$/;

/**
 * The functions that a file defines, by name; the last of a name counts. It goes by the kernel's
 * layout (both braces of a body stand in the first column), not by parsing C.
 */
export function functionsOf(text: string): ReadonlyMap<string, CFunction> {
  const code = text.replaceAll(SILENT, (part) => part.replaceAll(/[^\n]/g, " "));
  const found = [...code.matchAll(FUNCTION)].map(([, name = "", params = "", body = ""]) => {
    return [name, { name, params: splitAtCommas(params), body }] as const;
  });
  return new Map(found);
}

/** The calls by name in a piece of code, also those inside the arguments of others. */
export function callsIn(code: string): CCall[] {
  return [...code.matchAll(/(?<![\w.]|->)(\w+)\s*\(/g)].flatMap(({ 0: head, 1: name, index }) => {
    if (name === undefined || KEYWORDS.test(name)) return [];
    const start = index + head.length;
    return [{ name, args: splitAtCommas(code.slice(start, endOfNesting(code, start))) }];
  });
}

/** Index of the bracket that closes what is open at `start`, or the end of the code. */
export function endOfNesting(code: string, start: number): number {
  let depth = 0;
  for (let at = start; at < code.length; at += 1) {
    const char = code[at] ?? "";
    if ("([{".includes(char)) depth += 1;
    if (")]}".includes(char)) depth -= 1;
    if (depth < 0) return at;
  }
  return code.length;
}

function splitAtCommas(list: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const char of list) {
    if ("([{".includes(char)) depth += 1;
    if (")]}".includes(char)) depth -= 1;
    if (char === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.replaceAll(/\s+/g, " ").trim());
}
