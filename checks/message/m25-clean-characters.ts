import { defineTextRule } from "../text-rule.ts";

/** Characters that are not seen, or change the order in which others are seen. */
const HIDDEN = new RegExp(
  [
    "[\\u0000-\\u0008\\u000b\\u000e-\\u001f\\u007f]",
    "[\\u00ad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff]",
    // What stands for bytes that could not be decoded.
    "\\ufffd",
  ].join("|"),
  "u",
);

/** Nothing in message or diff reads differently from what it is. */
export const m25CleanCharacters = defineTextRule({
  id: "m25-clean-characters",
  title: "messages and added lines are UTF-8 without hidden characters",
  why: "bidirectional, zero-width and control characters hide what code is from its readers",
  source: "project",
  fix: "remove the character, or write the file as UTF-8",
  bad: "a right-to-left override in a comment",
  good: "plain text",
  reads: "patches and cover",
  *inMail({ parsed: { lines, files } }) {
    const first = files[0]?.line ?? lines.length + 1;
    for (const [at, text] of lines.entries()) {
      // Lines that a diff only shows are those of others.
      if (at + 1 >= first && !text.startsWith("+")) continue;
      const hidden = HIDDEN.exec(text);
      if (hidden === null) continue;
      const code = (hidden[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
      const what = code === "FFFD" ? "the line is not UTF-8" : `the line has a hidden U+${code}`;
      yield { line: at + 1, column: hidden.index + 1, what };
    }
  },
});
