import type { DocFinding, DocRule } from "../doc-rule.ts";
import { findToctrees } from "../index/toctrees.ts";
import type { RstNode } from "../rst/tree.ts";
import { findSections } from "../sections.ts";

const WANTED: readonly (readonly [name: string, title: RegExp])[] = [
  ["limits", /limit|restriction|caveat|known (?:problem|issue)|open (?:question|point)/i],
  ["costs", /\bcosts?\b|overhead|downside|drawback|trade-?off/i],
  ["alternatives", /alternative|other (?:approach|interface|way)|considered|why not/i],
  ["what was tested and what was not", /test|verif|validat|measure|evaluat/i],
];
const EMPTY = /^(?:tbd|n\/?a|none|to be (?:written|done|added)|nothing|see above)?[.\s]*$/i;
const FEW_WORDS = 6;

/** A document for comments that does not say what speaks against what it proposes. */
export const requiredSections: DocRule = {
  id: "required-sections",
  severity: "warning",
  kinds: ["rst"],
  title: "limits, costs, alternatives and what was not tested have a section each",
  why: "who asks for comments says what speaks against the proposal before others have to ask",
  source: "Documentation/process/submitting-patches.rst",
  examples: [
    {
      text: ["A", "Limits", "Costs", "Alternatives", "Testing"]
        .map(
          (it, at) => `${it}\n${(at === 0 ? "=" : "-").repeat(it.length)}\n\n${"word ".repeat(8)}`,
        )
        .join("\n\n"),
      finds: [],
    },
    {
      text: `A\n=\n\nLimits\n------\n\nTBD.\n\nCosts\n-----\n\n${"word ".repeat(8)}\n`,
      finds: ["1:1", "1:1", "4:1"],
    },
    { text: "A\n=\n\n.. toctree::\n\n   page_tables\n", finds: [] },
  ],
  *check(file) {
    // What a series only adds to is not its proposal, and neither is a list of documents.
    if (file.isOld === true || findToctrees(file.root as RstNode).length > 0) return;
    const sections = findSections(file);
    const title = sections[0]?.start ?? 0;
    const hollow: DocFinding[] = [];
    for (const [name, pattern] of WANTED) {
      const found = sections.filter((section) => pattern.test(section.title));
      if (found.length === 0) yield { at: title, what: `there is no section on ${name}` };
      const texts = found.map(({ bodyStart, end }) => file.source.slice(bodyStart, end));
      const [first] = found;
      if (first === undefined || texts.some((text) => !isHollow(text))) continue;
      hollow.push({ at: first.start, what: `the section on ${name} says nothing` });
    }
    yield* hollow;
  },
};

function isHollow(text: string): boolean {
  const words = text.replace(/^[=~^"-]+$/gm, "").trim();
  return EMPTY.test(words) || words.split(/\s+/).length < FEW_WORDS;
}
