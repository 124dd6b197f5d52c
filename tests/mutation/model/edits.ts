/** A change of one place in a module of the model. */
export interface ModelMutant {
  readonly operator: string;
  /** Path below the model's folder, of the source. */
  readonly file: string;
  /** The line as it was and as it is, without what surrounds it. */
  readonly before: string;
  readonly after: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

interface Operator {
  readonly name: string;
  readonly pattern: RegExp;
  readonly replace: (found: string) => string;
}

const OPERATORS: readonly Operator[] = [
  { name: "relation", pattern: /(?<=\s)(?:<=?|>=?)(?=\s)/g, replace: turnRelation },
  { name: "relation", pattern: /[=!]==/g, replace: (found) => (found === "===" ? "!==" : "===") },
  { name: "logic", pattern: /&&|\|\|/g, replace: (found) => (found === "&&" ? "||" : "&&") },
  {
    name: "arithmetic",
    pattern: /(?<=\s)[+-](?=\s)/g,
    replace: (found) => (found === "+" ? "-" : "+"),
  },
  {
    name: "constant",
    // Not the 0 of `void 0`, which any other number would do for.
    pattern: /(?<![\w.])(?<!void )\d+(?![\w.])/g,
    replace: (found) => `${Number(found) + 1}`,
  },
  { name: "condition", pattern: /(?<=\bif )\((?=[^{}]*$)/gm, replace: () => "(!" },
  {
    name: "boolean",
    pattern: /\b(?:true|false)\b/g,
    replace: (found) => (found === "true" ? "false" : "true"),
  },
];
/** These are of strings, which the others leave alone. */
const ERRNO = /"(E[A-Z0-9]+)"/g;

function turnRelation(found: string): string {
  return { "<": "<=", "<=": "<", ">": ">=", ">=": ">" }[found] ?? found;
}

/** Every mutant of a module's JavaScript; strings, comments and imports stay as they are. */
export function editModule(file: string, code: string): readonly ModelMutant[] {
  const masked = maskTexts(code);
  const make = (operator: string, start: number, end: number, replacement: string): ModelMutant => {
    const lineStart = code.lastIndexOf("\n", start) + 1;
    const next = code.indexOf("\n", end);
    const lineEnd = next === -1 ? code.length : next;
    const after = code.slice(lineStart, start) + replacement + code.slice(end, lineEnd);
    const before = code.slice(lineStart, lineEnd).trim();
    return { operator, file, before, after: after.trim(), start, end, replacement };
  };
  const ofCode = OPERATORS.flatMap(({ name, pattern, replace }) =>
    [...masked.matchAll(pattern)].map((match) => {
      const [found] = match;
      if (name !== "condition") {
        return make(name, match.index, match.index + found.length, replace(found));
      }
      const end = closing(masked, match.index);
      return make(name, match.index, end, `(!${code.slice(match.index, end)})`);
    }),
  );
  const ofErrno = [...code.matchAll(ERRNO)].map(({ 0: found, index }) =>
    make("errno", index, index + found.length, found === '"EPERM"' ? '"EBUSY"' : '"EPERM"'),
  );
  return [...ofCode, ...ofErrno].toSorted((a, b) => a.start - b.start);
}

/** Behind the parenthesis that closes the one at `open`. */
function closing(code: string, open: number): number {
  let depth = 0;
  for (let at = open; at < code.length; at += 1) {
    if (code[at] === "(") depth += 1;
    if (code[at] === ")") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return code.length;
}

/** The code with the same length, and blanks in place of what is no code. */
function maskTexts(code: string): string {
  const texts = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|^import[^;]*;/gm;
  return code.replaceAll(texts, (text) => text.replaceAll(/[^\n]/g, " "));
}
