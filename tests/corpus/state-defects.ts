import type { ReviewContext } from "../../checks/context.ts";
import type { VariantResult } from "../../tools/lib/build/build-variant.ts";
import type { Defect, Facts } from "./defect.ts";

const SUBJECT = "Subject: ";
const SOB = "Signed-off-by: Corpus Author <corpus@rfckit.invalid>";
const ID = "ab".repeat(20);
type Effects = Partial<ReviewContext["effects"]>;

const base = (change: object): Effects => {
  const facts = { tag: undefined, remote: undefined, isRoot: false, privateCommits: [], ...change };
  return { baseFacts: async () => facts };
};
const former = (status: "same" | "changed", tags: readonly string[] = []): Facts => {
  const history = [{ position: "1/1", status, former: { subject: "mm: x", tags } }];
  return { version: 2, effects: { formerVersion: async () => history } };
};
const verify = (kind: string, predicted: string, observed: string): Effects => {
  const words = { vector: "a1", title: "words", program: "open();" };
  const failures = [{ ...words, predicted, observed }];
  const outcome = { kind, isInfrastructure: false, vectors: 1, failures, detail: "lockdep is off" };
  return { verify: async () => ({ ...outcome, logFile: "console.log", command: "rfckit verify" }) };
};
const QUIET: VariantResult = {
  ok: true,
  messages: [],
  values: new Map([["HBF", "y"]]),
  configLog: "",
  leftovers: [],
  logFile: "build.log",
  command: "make",
};

/** `[check, control, text of a patch, replacement, text at the finding, what is answered]` */
type StateRow = readonly [string, string, string, string, string, Facts];

const REVIEWED = "Reviewed-by: Bo <bo@a.org>";
const FIXES = 'Fixes: 0123456789ab ("mm: old")';

const ROWS: readonly StateRow[] = [
  [
    "s01-clean-tree",
    "mm-vmalloc",
    "",
    "",
    "",
    {
      origin: "range",
      effects: { sourceState: async () => ({ operation: "rebase", changed: [] }) },
    },
  ],
  ["s02-linear-history", "mm-vmalloc", "", "", "", { effects: { merges: async () => [ID] } }],
  ["s08-base-is-public", "mm-vmalloc", "", "", "base-commit:", { effects: base({}) }],
  [
    "s09-private-commits-declared",
    "mm-vmalloc",
    "",
    "",
    SUBJECT,
    { effects: base({ privateCommits: [{ subject: "mm: prepare", patchId: ID }] }) },
  ],
  [
    "s10-patches-apply",
    "mm-vmalloc",
    "",
    "",
    "diff --git",
    {
      effects: {
        applyInOrder: async () => [{ position: "1/1", tree: undefined, problem: "no such line" }],
      },
    },
  ],
  [
    "s16-review-tags-kept",
    "mm-vmalloc",
    SOB,
    `${REVIEWED}\n${SOB}`,
    "Reviewed-by",
    former("changed", [REVIEWED]),
  ],
  ["s16-review-tags-kept", "mm-vmalloc", "", "", SUBJECT, former("same", [REVIEWED])],
  ["s17-resend-unchanged", "mm-vmalloc", "[PATCH]", "[PATCH RESEND]", SUBJECT, former("changed")],
  [
    "s24-applies-to-next",
    "mm-vmalloc",
    "",
    "",
    "diff --git",
    { effects: { conflictsWithNext: async () => ["mm/vmalloc.c"] } },
  ],
  [
    "m09-fixes-exists",
    "mm-vmalloc",
    SOB,
    `${FIXES}\n${SOB}`,
    "Fixes:",
    { effects: { ...base({}), findCommit: async () => undefined } },
  ],
  [
    "m09-fixes-exists",
    "mm-vmalloc",
    SOB,
    `${FIXES}\n${SOB}`,
    "Fixes:",
    { effects: { ...base({}), findCommit: async () => ({ subject: "mm: old", isInBase: false }) } },
  ],
  [
    "s23-round-trip",
    "mm-vmalloc",
    "",
    "",
    "*",
    {
      effects: {
        roundTrip: async () => ({ identical: false, difference: { file: "*", what: "words" } }),
      },
    },
  ],
  ["x01-boots-quietly", "v1", "", "", "*", { effects: verify("splat", "0", "0") }],
  ["x02-debug-config", "v1", "", "", "*", { effects: verify("splat", "0", "0") }],
  ["x03-lockdep-alive", "v1", "", "", "*", { effects: verify("splat", "0", "0") }],
  ["x05-failures-injected", "v1", "", "", "*", { effects: verify("panic", "0", "0") }],
  ["x06-sanitizers-quiet", "v1", "", "", "*", { effects: verify("splat", "0", "0") }],
  ["x07-model-conformance", "v1", "", "", "*", { effects: verify("differs", "0", "EINVAL") }],
  ["u09-errors-of-bad-calls", "v1", "", "", "*", { effects: verify("differs", "EINVAL", "0") }],
  ["u10-no-leak", "v1", "", "", "*", { effects: verify("differs", "abi=1", "abi=9") }],
  [
    "t12-size-told",
    "mm-vmalloc",
    "",
    "",
    SUBJECT,
    {
      effects: { growth: async () => ({ bytes: 99_000, text: "" }) },
    },
  ],
  [
    "b03-source-stays-clean",
    "mm-vmalloc",
    "",
    "",
    "",
    {
      effects: {
        textAt: async () => "obj-y += vmalloc.o",
        buildVariant: async () => ({ ...QUIET, leftovers: ["mm/table.h"] }),
      },
    },
  ],
];

/** Defects of the tree, of a run or of the world around, which no text of a mail shows. */
export const STATE_DEFECTS: readonly Defect[] = ROWS.map(
  ([finds, control, from, to, at, facts]) => ({
    finds,
    control,
    mail: 1,
    from,
    to,
    at,
    facts: () => facts,
  }),
);
