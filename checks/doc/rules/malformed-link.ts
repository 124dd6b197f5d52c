import type { DocFinding, DocRule } from "../doc-rule.ts";
import { findProse } from "../prose.ts";

const SLIPS: readonly { readonly pattern: RegExp; readonly what: string; readonly fix: string }[] =
  [
    {
      pattern: /`[^`<>\n]*[^`<>\s]<(?:https?:\/\/|mailto:)[^`<>\s]+>`_/g,
      what: "no space stands before the address of a link",
      fix: "put a space before '<'",
    },
    {
      pattern: /(?<![:\w])`[^`<>]+\s<(?:https?:\/\/|mailto:)[^`<>\s]+>`(?!_)/g,
      what: "a link has no '_' at its end",
      fix: "put '_' behind it",
    },
    {
      pattern: /\[[^\][\n]+\]\((?:https?:\/\/|\.{0,2}\/)[^()\s]+\)/g,
      what: "this is a link of Markdown",
      fix: "write '`text <address>`_'",
    },
  ];

/** A link that docutils does not read as one. */
export const malformedLink: DocRule = {
  id: "malformed-link",
  severity: "error",
  kinds: ["rst"],
  title: "links are written `text <address>`_",
  why: "docutils says nothing: the markup stands on the page, and there is no link",
  source: "docutils",
  examples: [
    { text: "See `text <https://a.example>`_ and `b <c_>`_.\n\n.. _c: d\n", finds: [] },
    { text: "See `text<https://a.example>`_ there.\n", finds: ["1:5"] },
    { text: "See `text <https://a.example>` there.\n", finds: ["1:5"] },
    { text: "See [text](https://a.example) there.\n", finds: ["1:5"] },
  ],
  *check(file) {
    if (!/<(?:https?|mailto):|\]\(/.test(file.source)) return;
    for (const { start, text } of findProse(file)) {
      const source = file.source.slice(start, start + text.length);
      const found: DocFinding[] = SLIPS.flatMap(({ pattern, what, fix }) =>
        [...source.matchAll(pattern)].map(({ index }) => ({ at: start + index, what, fix })),
      );
      yield* found.sort((a, b) => a.at - b.at);
    }
  },
};
