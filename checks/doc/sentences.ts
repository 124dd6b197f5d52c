import type { DocFile } from "./doc-file.ts";
import { findProse } from "./prose.ts";
import { rememberLast } from "./remember-last.ts";

/** A sentence of running text. */
export interface Sentence {
  /** Offset of its first character. */
  readonly start: number;
  /** As in `Prose`: every index is an offset. */
  readonly text: string;
  /** The source of the paragraph that it is in. */
  readonly paragraph: string;
}

/** The sentences of a document, outside of tables. */
export const findSentences: (file: DocFile) => readonly Sentence[] = rememberLast(collectSentences);

function collectSentences(file: DocFile): Sentence[] {
  return findProse(file).flatMap(({ start, text, inTable }) => {
    // The Markdown of remark has no tables: one is a paragraph that begins with a bar.
    if (inTable || (file.kind === "md" && text.startsWith("|"))) return [];
    const paragraph = file.source.slice(start, start + text.length);
    return [...text.matchAll(/\S(?:[^.!?]|[.!?](?!\s|$))*[.!?]?/g)].map((match) => ({
      start: start + match.index,
      text: match[0],
      paragraph,
    }));
  });
}

const DENIAL =
  /\b(?:not|no|nor|nothing|none|cannot|can't|isn't|without|unknown|whether|if|loses?|lacks?)\b/i;

/** Whether a sentence denies or questions what stands at an index of it. */
export function isDenied(sentence: string, index: number): boolean {
  return DENIAL.test(sentence.slice(0, index)) || sentence.trimEnd().endsWith("?");
}

/** A number with the unit of a measurement. */
export const MEASURED =
  /\d(?:[\d.,]*\d)?\s?(?:%|(?:percent|[nuµm]?s|seconds?|[KMGT]i?B|cycles|times|x|I?OPS)\b)/;
