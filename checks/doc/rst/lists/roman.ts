const VALID = /^M{0,4}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/;
const MAX_ROMAN = 4999;

const DIGITS: readonly (readonly [string, number])[] = [
  ["M", 1000],
  ["CM", 900],
  ["D", 500],
  ["CD", 400],
  ["C", 100],
  ["XC", 90],
  ["L", 50],
  ["XL", 40],
  ["X", 10],
  ["IX", 9],
  ["V", 5],
  ["IV", 4],
  ["I", 1],
];

/** The value of a Roman number in capitals; undefined when it is not one. */
export function fromRoman(text: string): number | undefined {
  if (text === "" || !VALID.test(text)) return undefined;
  let rest = text;
  let value = 0;
  for (const [digits, worth] of DIGITS) {
    while (rest.startsWith(digits)) {
      value += worth;
      rest = rest.slice(digits.length);
    }
  }
  return value;
}

/** A number in Roman capitals; undefined when there is no way to write it. */
export function toRoman(value: number): string | undefined {
  if (value < 1 || value > MAX_ROMAN) return undefined;
  let rest = value;
  let text = "";
  for (const [digits, worth] of DIGITS) {
    while (rest >= worth) {
      text += digits;
      rest -= worth;
    }
  }
  return text;
}
