import type { DocRule } from "../doc-rule.ts";
import { findSections } from "../sections.ts";

/** Headings of Markdown that leave out a level, or a second title. */
export const headingOrder: DocRule = {
  id: "heading-order",
  severity: "warning",
  kinds: ["md"],
  title: "one heading of level 1 comes first, and no level is left out",
  why: "tables of contents and screen readers follow the levels",
  source: "project",
  examples: [
    { text: "# A\n\n## B\n\n### C\n\n## D\n", finds: [] },
    { text: "# A\n\n### C\n", finds: ["3:1"] },
    { text: "# A\n\n# B\n", finds: ["3:1"] },
  ].map((example) => ({ ...example, path: "a.md" })),
  *check(file) {
    let before = 0;
    for (const [number, { depth, start }] of findSections(file).entries()) {
      if (number > 0 && depth === 1) yield { at: start, what: "a second heading of level 1" };
      else if (number > 0 && depth > before + 1) {
        yield { at: start, what: `a heading of level ${depth} below one of level ${before}` };
      }
      before = depth;
    }
  },
};
