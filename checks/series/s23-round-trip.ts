import { contentKey } from "../../tools/lib/fs/content-store.ts";
import type { ReviewContext } from "../context.ts";
import type { Check } from "../contract.ts";

const ID = "s23-round-trip";
const WHY =
  "patches that differ from an export of their own commits were edited by hand or are stale";

/** What was done with patches that pass; only our own mails can be compared byte for byte. */
const DONE: Readonly<Record<ReviewContext["origin"], string>> = {
  stage: "applied and exported, identical",
  range: "made into mails and back, the same trees",
  files: "applied; mails that rfckit did not write are not exported again",
};

/** The patches apply on their base, and exporting the commits gives the same bytes again. */
export const s23RoundTrip: Check<ReviewContext> = {
  id: ID,
  title: "patches apply on the base and export again byte for byte",
  why: WHY,
  source: "Documentation/process/submitting-patches.rst",
  cost: "seconds",
  page: {
    fix: "mend the commits, not the mails, and export the series again",
    bad: "a word that was changed by hand in patches/v1/0002-*.patch",
    good: "mails as rfckit series export writes them, on the base that they name",
  },
  async inputs({ origin, baseCommit, patches, coverLetter, keys }) {
    return [
      origin,
      baseCommit,
      await keys.exporter(),
      ...patches.map((patch) => contentKey([patch.file, patch.bytes])),
      coverLetter === undefined ? "no cover" : contentKey([coverLetter.bytes]),
    ];
  },
  async run({ effects, patches, stage, origin }) {
    const outcome = await effects.roundTrip();
    const summary = `${patches.length} patches ${DONE[origin]}`;
    if (outcome.difference === undefined) {
      return { verdict: { kind: "pass" }, diagnostics: [], summary };
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
