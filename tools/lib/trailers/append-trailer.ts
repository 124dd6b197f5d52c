/** A line of a block of tags: a tag, a line that goes on, or what a committer put in brackets. */
const BLOCK_LINE = /^(?:[A-Za-z0-9][A-Za-z0-9-]*: |[ \t]|\[)/;

/** Whether a message has a tag already; the case of its name does not count. */
export function hasTrailer(message: string, trailer: string): boolean {
  const plain = (text: string): string => text.replace(/\s+/g, " ").trim().toLowerCase();
  return message.split("\n").some((line) => plain(line) === plain(latin1(trailer)));
}

/**
 * Adds a tag below the other tags of a message, or as a paragraph of its own.
 *
 * @param message of the commit, Latin-1
 * @param trailer such as `Reviewed-by: Name <address>`
 */
export function appendTrailer(message: string, trailer: string): string {
  const text = message.trimEnd();
  const last = text.slice(text.lastIndexOf("\n\n") + 2);
  const isBlock = text.includes("\n\n") && last.split("\n").every((line) => BLOCK_LINE.test(line));
  return `${text}${isBlock ? "\n" : "\n\n"}${latin1(trailer)}\n`;
}

function latin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
