import { defineTextRule } from "../text-rule.ts";

/** A report is named with the place where it can be read. */
export const m12ReportedByCloses = defineTextRule({
  id: "m12-reported-by-closes",
  title: "Reported-by is followed by Closes or Link, with a URL",
  why: "who looks at the fix later has to find the report",
  source: "Documentation/process/submitting-patches.rst",
  fix: "add 'Closes: https://...' right below Reported-by",
  bad: "Reported-by: B <b@example.org>",
  good: "Reported-by: B <b@example.org>\nCloses: https://example.org/report",
  *inMail({ parsed: { trailers } }) {
    for (const [at, { key, value, line }] of trailers.entries()) {
      const next = trailers[at + 1];
      if (key === "Reported-by" && !(next !== undefined && /^(?:Closes|Link)$/.test(next.key))) {
        yield { line, what: "neither 'Closes:' nor 'Link:' follows" };
      }
      if (key === "Closes" && !/^https?:\/\/\S+$/.test(value)) {
        yield { line, what: `'${value}' is not a public URL` };
      }
    }
  },
});
