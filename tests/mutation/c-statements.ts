import { behindBracket } from "./c-source.ts";

/** A statement; offsets are into the masked text that it was found in. */
export interface Statement {
  readonly kind: "simple" | "if" | "other" | "declaration" | "label";
  readonly start: number;
  readonly end: number;
  /** Statements of one block share it. */
  readonly block: number;
  /** Of an if: its condition, without the parentheses. */
  readonly condition?: { readonly start: number; readonly end: number };
}

const TYPES = "const|static|struct|unsigned|u32|u64|int|bool|long|enum|nodemask_t|void|size_t";
const DECLARATION = new RegExp(`(?:${TYPES}|VMA_ITERATOR)\\b`, "y");
const LABEL = /(?:case [^:]+|default):/y;
const HEAD = /(if|for|while|switch|\w*for_each\w*) ?\(/y;

/** All statements between two offsets, outer ones before those inside them. */
export function findStatements(masked: string, from: number, to: number): readonly Statement[] {
  const found: Statement[] = [];
  readBlock(masked, from, to, found);
  return found;
}

function readBlock(masked: string, from: number, to: number, found: Statement[]): void {
  let at = skipSpace(masked, from);
  while (at < to) {
    const statement = readStatement(masked, at, from, found);
    at = skipSpace(masked, statement.end);
  }
}

function readStatement(masked: string, at: number, block: number, found: Statement[]): Statement {
  const index = found.length;
  const add = (statement: Omit<Statement, "start" | "block">): Statement => {
    const whole = { ...statement, start: at, block };
    found.splice(index, 0, whole);
    return whole;
  };
  const label = matchAt(LABEL, masked, at);
  if (label !== null) return add({ kind: "label", end: at + label[0].length });
  if (masked[at] === "{") {
    const end = behindBracket(masked, at);
    readBlock(masked, at + 1, end - 1, found);
    return add({ kind: "other", end });
  }
  const head = matchAt(HEAD, masked, at);
  if (head === null) {
    const kind = matchAt(DECLARATION, masked, at) === null ? "simple" : "declaration";
    return add({ kind, end: behindSemicolon(masked, at) });
  }
  const open = at + head[0].length - 1;
  const close = behindBracket(masked, open);
  const body = readStatement(masked, skipSpace(masked, close), close, found);
  const condition = { start: open + 1, end: close - 1 };
  if (head[1] === "if") return add({ kind: "if", end: body.end, condition });
  return add({ kind: "other", end: body.end });
}

function behindSemicolon(masked: string, from: number): number {
  let at = from;
  while (masked[at] !== ";") {
    at = "([{".includes(masked[at] ?? "") ? behindBracket(masked, at) : at + 1;
    if (at >= masked.length) throw new RangeError(`the statement at ${from} has no end`);
  }
  return at + 1;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? "")) at += 1;
  return at;
}
