import type { DocFinding, DocRule } from "../doc-rule.ts";
import { findProse } from "../prose.ts";

interface Slip {
  readonly pattern: RegExp;
  readonly what: string;
  readonly fix: string;
}

const ROLE = "(?:ref|doc|numref|term|c:(?:func|type|struct|macro|member|enum|union))";
const ANY = new RegExp(`${ROLE}:`);
/** Kinds of slips that docutils takes for plain text. */
const SLIPS: readonly Slip[] = [
  {
    pattern: new RegExp(`(?<![\\w:\`]):${ROLE}:(?=[ \\t]*[\\w<])(?![ \\t]*\`)`, "g"),
    what: "a role without backquotes is plain text",
    fix: "put what it refers to into backquotes",
  },
  {
    pattern: new RegExp(`(?<![\\w:\`]):${ROLE}: +(?=\`)`, "g"),
    what: "a space stands between a role and its text",
    fix: "remove the space",
  },
  {
    pattern: new RegExp(`(?<![\\w:\`/.-])${ROLE}:(?=\`)`, "g"),
    what: "a role begins without its colon",
    fix: "put ':' before it",
  },
];

/** A role that is written in a way that makes it plain text. */
export const malformedRole: DocRule = {
  id: "malformed-role",
  severity: "error",
  kinds: ["rst"],
  title: "roles are written :role:`text`",
  why: "docutils says nothing: the markup stands on the page, and there is no link",
  source: "docutils",
  examples: [
    { text: "See :ref:`label` and a:ref in text: `x`.\n", finds: [] },
    { text: "See :ref:label for more.\n", finds: ["1:5"] },
    { text: "See :ref: `label` for more.\n", finds: ["1:5"] },
    { text: "See ref:`label` for more.\n", finds: ["1:5"] },
  ],
  *check(file) {
    if (!ANY.test(file.source)) return;
    for (const { start, text } of findProse(file)) {
      const source = file.source.slice(start, start + text.length);
      if (!ANY.test(source)) continue;
      const found: DocFinding[] = SLIPS.flatMap(({ pattern, what, fix }) =>
        [...source.matchAll(pattern)]
          .filter(({ index }) => text[index] === source[index])
          .map(({ index }) => ({ at: start + index, what, fix })),
      );
      yield* found.sort((a, b) => a.at - b.at);
    }
  },
};
