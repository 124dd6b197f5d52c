/** A line of text with its place. */
export interface TextLine {
  /** 1-based line of the patch file. */
  readonly line: number;
  readonly text: string;
}

/** A tag of a message, such as `Fixes:`. */
export interface Trailer extends TextLine {
  /** As it is written, without the colon. */
  readonly key: string;
  readonly value: string;
  /** False when text follows below the paragraph that it stands in. */
  readonly inLastBlock: boolean;
}

const TAG = new RegExp(
  "^((?:[a-z]+-)+by|(?:signed[ -]off|acked|reviewed|tested|reported|suggested) by" +
    "|Fixes|Link|Closes|Cc|Change-Id):[ \\t]*(.*)$",
  "i",
);

/** The tags of a message, wherever they stand, in order. */
export function parseTrailers(message: readonly TextLine[]): Trailer[] {
  const end = message.findLastIndex(({ text }) => text.trim() !== "");
  const start = message.findLastIndex(({ text }, at) => at <= end && text.trim() === "");
  return message.flatMap(({ line, text }, at) => {
    const [, key, value] = TAG.exec(text) ?? [];
    if (key === undefined || value === undefined) return [];
    return [{ line, text, key, value: value.trim(), inLastBlock: at > start }];
  });
}
