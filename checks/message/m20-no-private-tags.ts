import { defineTextRule } from "../text-rule.ts";

const PRIVATE = new RegExp(
  [
    "^(?:Change-Id:|Reviewed-on:|BUG[=:]|TEST[=:]|\\[?(?:JIRA|Jira)\\b|Internal-)",
    "https?://[^/\\s]*(?:gerrit|-review\\.)",
  ].join("|"),
);

/** No tags of a company's own tools. */
export const m20NoPrivateTags = defineTextRule({
  id: "m20-no-private-tags",
  title: "no Change-Id, BUG=, TEST= or Gerrit address",
  why: "the public can't follow references into a company's own systems",
  source: "Documentation/process/submitting-patches.rst",
  fix: "remove the line, and say in words what it stands for",
  bad: "Change-Id: I0123456789",
  good: "no such line",
  reads: "patches and cover",
  *inMail({ parsed: { message, notes } }) {
    for (const { text, line } of [...message, ...notes]) {
      if (PRIVATE.test(text)) yield { line, what: `'${text}' means nothing to the public` };
    }
  },
});
