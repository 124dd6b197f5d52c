/**
 * The characters that Python, and so docutils, calls white space, as the inside of a class of a
 * regular expression. JavaScript's own set differs (U+001C to U+001F, U+0085 and U+FEFF).
 */
export const SPACE =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const IS_SPACE = new RegExp(`[${SPACE}]`);
const SPACES = new RegExp(`[${SPACE}]+`);

function isSpaceAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code < 0x80) return code === 0x20 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  return IS_SPACE.test(text.charAt(index));
}

/** Number of white space characters at the start. */
export function leadingSpace(text: string): number {
  let index = 0;
  while (index < text.length && isSpaceAt(text, index)) index++;
  return index;
}

/** The text without white space at its end. */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpaceAt(text, end - 1)) end--;
  return end === text.length ? text : text.slice(0, end);
}

/** The text without white space at both ends. */
export function trim(text: string): string {
  return trimEnd(text.slice(leadingSpace(text)));
}

/** Whether there is nothing but white space. */
export function isBlank(text: string): boolean {
  return leadingSpace(text) === text.length;
}

/** The words between runs of white space, none empty. */
export function words(text: string): string[] {
  return text.split(SPACES).filter((word) => word !== "");
}
