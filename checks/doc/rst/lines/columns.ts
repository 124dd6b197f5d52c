import { COMBINING, WIDE } from "./unicode-widths.ts";

type Ranges = readonly (readonly [number, number])[];

function toRanges(text: string): Ranges {
  return text.split(" ").map((range) => {
    const [first = "", last = first] = range.split("-");
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
  });
}

const WIDE_RANGES = toRanges(WIDE);
const COMBINING_RANGES = toRanges(COMBINING);
const FIRST_SPECIAL = 0x300;

function contains(ranges: Ranges, code: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first = 0, last = 0] = ranges[middle] ?? [];
    if (code < first) high = middle - 1;
    else if (code > last) low = middle + 1;
    else return true;
  }
  return false;
}

/** Whether a character takes two columns. */
export function isWide(code: number): boolean {
  return code >= FIRST_SPECIAL && contains(WIDE_RANGES, code);
}

/** Whether a character takes no column of its own. */
export function isCombining(code: number): boolean {
  return code >= FIRST_SPECIAL && contains(COMBINING_RANGES, code);
}

/** Columns that a text takes on a screen; East Asian wide characters count twice. */
export function columnWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    width += isCombining(code) ? 0 : isWide(code) ? 2 : 1;
  }
  return width;
}
