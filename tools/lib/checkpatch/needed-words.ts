/**
 * The lines of a codespell dictionary that texts can be found by.
 *
 * Problem: checkpatch makes one expression of all words, ignoring case, and tries it on each line:
 * with the 64,000 words of codespell that was four fifths of its time. It takes a word for found
 * only where no word character, `-`, quote or backquote is beside it, so a word that is none of the
 * texts' own words finds nothing, and the others find the same without it.
 *
 * Source: scripts/checkpatch.pl:misspellings @ 6.12.117
 */
export function neededWords(dictionary: string, texts: readonly Uint8Array[]): string {
  // Bytes beyond ASCII are no word characters to checkpatch, which reads bytes.
  const decoder = new TextDecoder("latin1");
  const words = new Set(
    texts.flatMap((text) => decoder.decode(text).toLowerCase().match(WORD) ?? []),
  );
  const lines = dictionary.split("\n").filter((line) => {
    const suspect = (line.split("->")[0] ?? "").trim().toLowerCase();
    return words.has(suspect) || !ALL_WORD.test(suspect);
  });
  return lines.map((line) => `${line}\n`).join("");
}

const WORD = /[\w\-'`]+/g;
/** What has other characters in it is not looked for among the words, and stays. */
const ALL_WORD = /^[\w\-'`]*$/;
