import type { TextLine } from "../../tools/lib/patch/parse-trailers.ts";
import { defineTextRule } from "../text-rule.ts";

const CLAIM = new RegExp(
  [
    "\\bfaster\\b|\\bspeeds? up\\b|\\bmore efficient\\b",
    "\\b(?:improves?|increases?) (?:the )?(?:performance|throughput)\\b",
    "\\b(?:reduces?|lowers?) (?:the )?(?:latency|latencies|overhead|memory use|contention)\\b",
  ].join("|"),
  "i",
);

/** Who says that something gets faster says by how much. */
export const m24ClaimsHaveNumbers = defineTextRule({
  id: "m24-claims-have-numbers",
  title: "a claim about performance has numbers",
  why: "optimizations are to be quantified, with their costs, or nobody can weigh them",
  source: "Documentation/process/submitting-patches.rst",
  fix: "add the numbers and how they were measured, or leave the claim out",
  bad: "This makes prefetching faster.",
  good: "The first access takes 12 us instead of 90 us (fio, 4 KiB).",
  reads: "patches and cover",
  *inMail({ parsed: { message } }) {
    for (const paragraph of paragraphsOf(message)) {
      const claim = paragraph.find(({ text }) => CLAIM.test(text));
      if (claim === undefined || paragraph.some(({ text }) => /\d/.test(text))) continue;
      const what = `'${CLAIM.exec(claim.text)?.[0]}' has no number in its paragraph`;
      yield { line: claim.line, severity: "warning", what };
    }
  },
});

function paragraphsOf(lines: readonly TextLine[]): TextLine[][] {
  const paragraphs: TextLine[][] = [[]];
  for (const line of lines) {
    if (line.text.trim() === "") paragraphs.push([]);
    else paragraphs.at(-1)?.push(line);
  }
  return paragraphs;
}
