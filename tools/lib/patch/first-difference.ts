import { structuredPatch } from "diff";

/** Where two texts first differ. */
export interface FirstDifference {
  /** 1-based line of the first text. */
  readonly line: number;
  /** The first changed lines, each with `-` (first text) or `+` (second), at most six. */
  readonly lines: readonly string[];
}

/** Finds the first difference of two texts, or undefined when they are equal byte for byte. */
export function firstDifference(one: Uint8Array, two: Uint8Array): FirstDifference | undefined {
  if (Buffer.compare(one, two) === 0) return undefined;
  const [a, b] = [one, two].map((bytes) => Buffer.from(bytes).toString("latin1"));
  const patch = structuredPatch("", "", a ?? "", b ?? "", "", "", { context: 0 });
  const hunk = patch.hunks[0];
  return { line: hunk?.oldStart ?? 1, lines: (hunk?.lines ?? []).slice(0, 6) };
}
