import { defineTextRule } from "../text-rule.ts";

const MUST_BE_LAST = /-by$|^(?:Fixes|Closes)$/;

/** All tags stand together at the end of the message. */
export const m10TagsInLastBlock = defineTextRule({
  id: "m10-tags-in-last-block",
  title: "all tags are in one block at the end of the message",
  why: "git and b4 read the last paragraph only, a tag above it is not seen",
  source: "Documentation/process/submitting-patches.rst",
  fix: "move the tags below all text, without an empty line between them",
  bad: "Fixes: ...\n\nSigned-off-by: ...",
  good: "Fixes: ...\nSigned-off-by: ...",
  *inMail({ parsed: { trailers } }) {
    for (const { key, line, inLastBlock } of trailers) {
      if (inLastBlock || !MUST_BE_LAST.test(key)) continue;
      yield { line, what: `'${key}:' is not in the last paragraph` };
    }
  },
});
