import { contentKey } from "../../tools/lib/fs/content-store.ts";
import type { ReviewContext } from "../context.ts";
import type { Check } from "../contract.ts";

const ID = "s23-round-trip";
const WHY =
  "patches that differ from an export of their own commits were edited by hand or are stale";

/** The patches apply on their base, and exporting the commits gives the same bytes again. */
export const s23RoundTrip: Check<ReviewContext> = {
  id: ID,
  title: "patches apply on the base and export again byte for byte",
  why: WHY,
  source: "Documentation/process/submitting-patches.rst",
  cost: "seconds",
  async inputs({ baseCommit, patches, coverLetter, keys }) {
    return [
      baseCommit,
      await keys.exporter(),
      ...patches.map((patch) => contentKey([patch.file, patch.bytes])),
      coverLetter === undefined ? "no cover" : contentKey([coverLetter.bytes]),
    ];
  },
  async run({ effects, patches, stage }) {
    const outcome = await effects.roundTrip();
    const summary = `${patches.length} patches applied and exported`;
    if (outcome.difference === undefined) {
      return { verdict: { kind: "pass" }, diagnostics: [], summary: `${summary}, identical` };
    }
    const { file, what, detail = [], command } = outcome.difference;
    return {
      verdict: { kind: "fail" },
      diagnostics: [
        {
          id: ID,
          severity: "error",
          what,
          why: WHY,
          fix: {
            text: ["mend the commits and export the series", ...detail].join("\n"),
            command: command ?? `rfckit series export --stage ${stage}`,
          },
          place: { file },
        },
      ],
      summary: `${summary}, '${file}' differs`,
    };
  },
};
