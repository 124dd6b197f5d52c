import type { EnumeratorFormat } from "../machine.ts";
import { ENUMERATOR } from "../states/patterns.ts";
import { fromRoman, toRoman } from "./roman.ts";

/** Kinds of numbers, in the order in which they are tried. */
const SEQUENCES = {
  arabic: /^[0-9]+$/,
  loweralpha: /^[a-z]$/,
  upperalpha: /^[A-Z]$/,
  lowerroman: /^[ivxlcdm]+$/,
  upperroman: /^[IVXLCDM]+$/,
} as const;

type Sequence = keyof typeof SEQUENCES | "#";

const FORMATS: readonly EnumeratorFormat[] = [
  { name: "parens", prefix: "(", suffix: ")" },
  { name: "rparen", prefix: "", suffix: ")" },
  { name: "period", prefix: "", suffix: "." },
];

/** What stands before an item of an enumerated list. */
export interface Enumerator {
  readonly format: EnumeratorFormat;
  readonly sequence: Sequence;
  readonly text: string;
  /** Undefined for what looks like a Roman number but is none. */
  readonly ordinal: number | undefined;
}

const CODE_BEFORE_A = 96;
const LETTERS = 26;

/** Reads an enumerator; a list that goes on has its own sequence tried first. */
export function readEnumerator(line: string, expected?: string): Enumerator {
  const groups = ENUMERATOR.exec(line)?.groups ?? {};
  const format = FORMATS.find((it) => groups[it.name] !== undefined) ?? FORMATS[2];
  if (format === undefined) throw new RangeError("there are three formats");
  const whole = groups[format.name] ?? "";
  const text = whole.slice(format.prefix.length, whole.length - format.suffix.length);
  const sequence = findSequence(text, expected);
  return { format, sequence, text, ordinal: ordinalOf(text, sequence) };
}

function isSequence(name: string): name is keyof typeof SEQUENCES {
  return Object.hasOwn(SEQUENCES, name);
}

function findSequence(text: string, expected: string | undefined): Sequence {
  if (text === "#") return "#";
  if (expected === undefined) {
    if (text === "i") return "lowerroman";
    if (text === "I") return "upperroman";
  } else if (isSequence(expected) && SEQUENCES[expected].test(text)) {
    return expected;
  }
  return (
    Object.keys(SEQUENCES)
      .filter(isSequence)
      .find((it) => SEQUENCES[it].test(text)) ?? "#"
  );
}

function ordinalOf(text: string, sequence: Sequence): number | undefined {
  switch (sequence) {
    case "#":
      return 1;
    case "arabic":
      return Number(text);
    case "loweralpha":
    case "upperalpha":
      return text.toLowerCase().charCodeAt(0) - CODE_BEFORE_A;
    default:
      return fromRoman(text.toUpperCase());
  }
}

/**
 * Whether an enumerator starts a list item: the next line is blank, indented, or has the next
 * number. Else it is the start of a text that happens to look like one.
 */
export function isListItem(enumerator: Enumerator, nextLine: string | undefined): boolean {
  const { ordinal, sequence, format } = enumerator;
  if (ordinal === undefined) return false;
  if (nextLine === undefined || /^\s?$/.test(nextLine.slice(0, 1))) return true;
  const next = writeNumber(ordinal + 1, sequence);
  if (next === undefined) return false;
  return [next, "#"].some((it) => nextLine.startsWith(`${format.prefix}${it}${format.suffix} `));
}

function writeNumber(ordinal: number, sequence: Sequence): string | undefined {
  switch (sequence) {
    case "#":
      return "#";
    case "arabic":
      return String(ordinal);
    case "loweralpha":
    case "upperalpha": {
      if (ordinal > LETTERS) return undefined;
      const letter = String.fromCharCode(ordinal + CODE_BEFORE_A);
      return sequence === "loweralpha" ? letter : letter.toUpperCase();
    }
    default: {
      const roman = toRoman(ordinal);
      return sequence === "lowerroman" ? roman?.toLowerCase() : roman;
    }
  }
}
