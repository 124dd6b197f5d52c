/** What a first line of a block may be, in docutils' order of trying. */
export type BodyKind =
  | "bullet"
  | "enumerator"
  | "fieldMarker"
  | "optionMarker"
  | "doctest"
  | "lineBlock"
  | "gridTable"
  | "simpleTable"
  | "explicit"
  | "anonymous"
  | "line"
  | "text";

/** A name in references, roles and directives: letters and digits with single `-._+:` inside. */
export const SIMPLE_NAME = "[\\p{L}\\p{N}]+(?:[-._+:][\\p{L}\\p{N}]+)*";

const NUMBER = "(?:[0-9]+|[a-z]|[A-Z]|[ivxlcdm]+|[IVXLCDM]+|#)";
const ARGUMENT = "(?:[a-zA-Z][a-zA-Z0-9_-]*|<[^<>]+>)";
const OPTION =
  `(?:(?:-|\\+)[a-zA-Z0-9](?: ?${ARGUMENT})?` +
  `|(?:--|/)[a-zA-Z0-9][a-zA-Z0-9_-]*(?:[ =]${ARGUMENT})?)`;

export const GRID_TOP = /^\+-[-+]+-\+ *$/;
export const SIMPLE_TOP = /^=+(?: +=+)+ *$/;
export const ADORNMENT = /^([!-/:-@[-`{-~])\1* *$/;
/** Named groups `parens`, `rparen` and `period` hold the number with its punctuation. */
export const ENUMERATOR = new RegExp(
  `^(?:(?<parens>\\(${NUMBER}\\))|(?<rparen>${NUMBER}\\))|(?<period>${NUMBER}\\.))(?: +|$)`,
);
export const FIELD_MARKER = /^:(?![: ])(?:[^:\\]|\\.|:(?!(?:[ `]|$)))*(?<! ):(?: +|$)/;

const PATTERNS: readonly (readonly [BodyKind, RegExp])[] = [
  ["bullet", /^[-+*\u2022\u2023\u2043](?: +|$)/],
  ["enumerator", ENUMERATOR],
  ["fieldMarker", FIELD_MARKER],
  ["optionMarker", new RegExp(`^${OPTION}(?:, ${OPTION})*(?:  +| ?$)`)],
  ["doctest", /^>>>(?: +|$)/],
  ["lineBlock", /^\|(?: +|$)/],
  ["gridTable", GRID_TOP],
  ["simpleTable", SIMPLE_TOP],
  ["explicit", /^\.\.(?: +|$)/],
  ["anonymous", /^__(?: +|$)/],
  ["line", ADORNMENT],
];

/** Whether a line cannot be more than a line of text. */
const PLAIN = /^(?:[a-zA-Z]{2}|[A-Za-z] |(?![\u2022\u2023\u2043])\P{ASCII})/u;

/** What the first line of a block is, and how many characters its marker takes. */
export function classify(text: string): { kind: BodyKind; end: number } {
  if (PLAIN.test(text) && !ENUMERATOR.test(text)) return { kind: "text", end: 0 };
  for (const [kind, pattern] of PATTERNS) {
    const match = pattern.exec(text);
    if (match !== null) return { kind, end: match[0].length };
  }
  return { kind: "text", end: 0 };
}
