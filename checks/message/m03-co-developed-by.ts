import { defineTextRule } from "../text-rule.ts";

/** Each Co-developed-by is followed by the Signed-off-by of the same person. */
export const m03CoDevelopedBy = defineTextRule({
  id: "m03-co-developed-by",
  title: "Co-developed-by is followed by that person's Signed-off-by",
  why: "a co-author has to give the statement of the certificate as well",
  source: "Documentation/process/submitting-patches.rst",
  fix: "put the co-author's own Signed-off-by right below their Co-developed-by",
  bad: "Co-developed-by: B <b@example.org>",
  good: "Co-developed-by: B <b@example.org>\nSigned-off-by: B <b@example.org>",
  *inMail({ parsed: { trailers } }) {
    for (const [at, { key, value, line }] of trailers.entries()) {
      const next = trailers[at + 1];
      const signed = next?.key === "Signed-off-by" && next.value === value;
      if (key === "Co-developed-by" && (!signed || next.line !== line + 1)) {
        yield { line, what: `no Signed-off-by of '${value}' follows` };
      }
    }
  },
});
