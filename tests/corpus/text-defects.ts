import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readControl } from "./apply-defect.ts";
import { type Defect, readRows } from "./defect.ts";

const SUBJECT = "Subject: ";
const NOBODY = { from: "", to: "", at: SUBJECT } as const;
const SOB = "Signed-off-by: Corpus Author <corpus@rfckit.invalid>";
const MAN_PAGE =
  "- A man page. If the interface survives the discussion in any form, a\n" +
  "  patch for man-pages comes with it.";
/** What became of nine patches, of which one has changed. */
const THIRD_CHANGED = Array.from({ length: 9 }, (_, at) => {
  const status = at === 2 ? "changed" : "same";
  return { position: `${at + 1}/9`, status, former: { subject: "mm: a", tags: [] } } as const;
});
const BO = { from: "Bo <bo@a.org>", messageId: "1@a", subject: "Re: x", tags: [] };

/** Twenty lines of code, of which some differ from what they were. */
const code = (sign: string, edited: number): string =>
  Array.from(
    { length: 20 },
    (_, at) => `${sign}\tvalue = step(${at < edited ? at + 50 : at});`,
  ).join("\n");
const hunk = (path: string, lines: string): string =>
  `diff --git a/${path} b/${path}\nindex 111111111..222222222 100644\n` +
  `--- a/${path}\n+++ b/${path}\n` +
  `@@ -1,20 +1,20 @@\n${lines}\n`;

/** Defects that more than one replaced text makes, or that others' answers show. */
const SPECIAL: readonly Defect[] = [
  {
    finds: "s04-no-empty-patch",
    control: "mm-vmalloc",
    mail: 1,
    from: diffOf("mm-vmalloc"),
    to: "",
    at: SUBJECT,
  },
  {
    finds: "r04-man-page-note",
    control: "v1",
    mail: 0,
    foundIn: 2,
    from: MAN_PAGE,
    to: "- If the interface survives, words",
    at: "diff --git a/include/uapi/linux/hbf.h",
  },
  { finds: "s03-at-most-15-patches", control: "mm-vmalloc", mail: 1, ...NOBODY, copies: 16 },
  { finds: "s15-changelog", control: "v1", mail: 0, ...NOBODY, facts: () => ({ version: 2 }) },
  {
    finds: "s15-changelog",
    control: "v1",
    mail: 0,
    foundIn: 3,
    from: "Open questions\n",
    to: "Changes in v2\n=============\n\n- words\n\nOpen questions\n",
    at: SUBJECT,
    facts: () => ({ version: 2, effects: { formerVersion: async () => THIRD_CHANGED } }),
  },
  {
    finds: "s22-move-without-edits",
    control: "mm-vmalloc",
    mail: 1,
    from: "diff --git",
    to: `${hunk("mm/a.c", code("-", 0))}${hunk("mm/b.c", code("+", 6))}diff --git`,
    at: "diff --git a/mm/b.c",
  },
  {
    finds: "m16-subject-prefix",
    control: "mm-vmalloc",
    mail: 1,
    from: "mm/vmalloc: use",
    to: "x86/fpu: use",
    at: SUBJECT,
    facts: () => ({ effects: { subjectsOf: async () => ["mm/vmalloc: a", "mm: b", "mm: c"] } }),
  },
  {
    finds: "m07-review-evidence",
    control: "mm-vmalloc",
    mail: 1,
    from: SOB,
    to: `Reviewed-by: Other <o@rfckit.invalid>\n${SOB}`,
    at: "Reviewed-by",
    facts: () => ({ effects: { replies: async () => [] } }),
  },
  {
    finds: "e04-sender-is-author",
    control: "mm-vmalloc",
    mail: 1,
    ...NOBODY,
    at: "From: Corpus",
    facts: ({ patches }) => {
      return {
        patches: patches.map((patch) => ({ ...patch, author: "Other <o@rfckit.invalid>" })),
      };
    },
  },
  {
    finds: "r02-linux-api",
    control: "v1",
    mail: 0,
    foundIn: 2,
    from: "linux-api@vger.kernel.org",
    to: "linux-kernel@vger.kernel.org",
    at: "diff --git a/include/uapi/linux/hbf.h",
    facts: () => ({ recipients: { to: [], cc: [] } }),
  },
  {
    finds: "r05-commenters-in-cc",
    control: "v1",
    mail: 0,
    ...NOBODY,
    facts: () => ({ version: 2, effects: { replies: async () => [BO] } }),
  },
];

/** Every defect that the text of the mails shows, without a kernel tree. */
export const TEXT_DEFECTS: readonly Defect[] = [
  ...readRows(readFileSync(join(import.meta.dirname, "text-defects.json"), "utf8")),
  ...SPECIAL,
];

/** The whole diff of a single patch. */
function diffOf(control: string): string {
  const text = String(readControl(control)[0]?.text);
  return text.slice(text.indexOf("diff --git"), text.indexOf("\nbase-commit:"));
}
