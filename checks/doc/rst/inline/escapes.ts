import { words } from "../lines/white-space.ts";

/*
 * While markup is looked for, the backslash of an escape is a NUL: no pattern takes what follows it
 * for markup, and every index stays the same.
 */
const NUL = "\0";

/** Replaces the backslash of every escape with NUL. */
export function hideEscapes(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\([\s\S]?)/g, (_, next: string) => NUL + next);
}

/** The text as it was written. */
export function restoreEscapes(text: string): string {
  return text.replaceAll(NUL, "\\");
}

/** The text as it is read: an escaped space or line end disappears, another character stays. */
export function removeEscapes(text: string): string {
  if (!text.includes(NUL)) return text;
  return text.replaceAll(`${NUL} `, "").replaceAll(`${NUL}\n`, "").replaceAll(NUL, "");
}

/** A name with single spaces. */
export function singleSpaces(name: string): string {
  return words(name).join(" ");
}

/** A name as references compare it: lower case, single spaces. */
export function normalizeName(name: string): string {
  return singleSpaces(name.toLowerCase());
}

/** An address: white space is removed unless it is escaped. */
export function joinAddress(escaped: string): string {
  return escaped
    .split(/\0[ \n]/)
    .map((part) => words(removeEscapes(part)).join(""))
    .join(" ");
}
