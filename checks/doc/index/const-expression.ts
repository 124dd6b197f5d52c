/** The value of a name in an expression; undefined when it has none that is known. */
export type LookUp = (name: string) => bigint | undefined;

const TOKEN = /\s*(0[xX][\dA-Fa-f]+|\d+|[A-Za-z_]\w*|<<|>>|[-+*/%|&^~()])/y;
const SUFFIX = /^(0[xX][\dA-Fa-f]+|\d+)[uUlL]+(?=\W|$)/;
const MACRO = /^(?:BIT|BIT_ULL|_BITUL|_BITULL|UL|ULL|_AC)$/;
/** Operators of two values, those that bind strongest last. */
const LEVELS: readonly (readonly string[])[] = [
  ["|"],
  ["^"],
  ["&"],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
];
const MOST_SHIFT = 64n;

/** Thrown for what is no constant that can be told from the text. */
class Unknown extends Error {}

/**
 * The value of a constant expression of C: numbers, names, `BIT(n)`, and the operators on whole
 * numbers; undefined for any other text.
 */
export function evaluate(text: string, lookUp: LookUp): bigint | undefined {
  const tokens = tokenize(text);
  if (tokens === undefined || tokens.length === 0) return undefined;
  const reader = new Reader(tokens, lookUp);
  try {
    const value = reader.level(0);
    return reader.isAtEnd() ? value : undefined;
  } catch (error) {
    if (error instanceof Unknown) return undefined;
    throw error;
  }
}

function tokenize(text: string): string[] | undefined {
  const plain = text.replace(/\b(?:0[xX][\dA-Fa-f]+|\d+)[uUlL]+\b/g, (it) => {
    return SUFFIX.exec(it)?.[1] ?? it;
  });
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let end = 0; end < plain.trimEnd().length; end = TOKEN.lastIndex) {
    const token = TOKEN.exec(plain)?.[1];
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  return tokens;
}

class Reader {
  private readonly tokens: readonly string[];
  private readonly lookUp: LookUp;
  private at = 0;

  constructor(tokens: readonly string[], lookUp: LookUp) {
    this.tokens = tokens;
    this.lookUp = lookUp;
  }

  isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  level(depth: number): bigint {
    const operators = LEVELS[depth];
    if (operators === undefined) return this.value();
    let left = this.level(depth + 1);
    for (;;) {
      const operator = this.tokens[this.at] ?? "";
      if (!operators.includes(operator)) return left;
      this.at++;
      left = apply(operator, left, this.level(depth + 1));
    }
  }

  private value(): bigint {
    const token = this.tokens[this.at++] ?? "";
    if (token === "-") return -this.value();
    if (token === "+") return this.value();
    if (token === "~") return ~this.value();
    if (token === "(") return this.inParentheses();
    if (/^0[0-7]+$/.test(token)) return BigInt(`0o${token.slice(1)}`);
    if (/^\d/.test(token)) return BigInt(token);
    if (MACRO.test(token) && this.tokens[this.at] === "(") {
      this.at++;
      const inner = this.inParentheses();
      return /BIT/.test(token) ? apply("<<", 1n, inner) : inner;
    }
    const known = this.lookUp(token);
    if (known === undefined) throw new Unknown(token);
    return known;
  }

  private inParentheses(): bigint {
    const value = this.level(0);
    if (this.tokens[this.at++] !== ")") throw new Unknown(")");
    return value;
  }
}

function apply(operator: string, left: bigint, right: bigint): bigint {
  if (operator === "+") return left + right;
  if (operator === "-") return left - right;
  if (operator === "*") return left * right;
  if (operator === "|") return left | right;
  if (operator === "&") return left & right;
  if (operator === "^") return left ^ right;
  if (operator === "<<" || operator === ">>") {
    if (right < 0n || right > MOST_SHIFT) throw new Unknown(operator);
    return operator === "<<" ? left << right : left >> right;
  }
  if (right === 0n) throw new Unknown(operator);
  return operator === "/" ? left / right : left % right;
}
