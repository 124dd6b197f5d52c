import { CAPS_ROWS, STATS_ROWS } from "./check-order/answer-rows.ts";
import { CHECK_ORDER, isInStage } from "./check-order.ts";
import type { CheckRow } from "./check-row.ts";

const KERNEL_VERSION = "6.12.117";

/** The reference page of the order of checks, as Markdown. */
export function renderCheckOrderPage(): string {
  const unobservable = [...CHECK_ORDER, ...CAPS_ROWS, ...STATS_ROWS].filter(
    (row) => row.unobservable,
  );
  return [
    "# Order of checks",
    "",
    "Generated from `kernel-model/machine/check-order.ts`: don't edit.",
    "",
    "For one call the first row that matches is the answer. The rows of the scan (steps 18 and",
    "19) are asked together for one mapping or hole of the range after the other, in ascending",
    "order. Rows of one step share its number in the tracepoint that reports a rejection.",
    "A source is what does the check, or what it follows: `path:symbol` in Linux",
    `${KERNEL_VERSION}.`,
    "",
    "## HINT, and the file",
    "",
    ...table(CHECK_ORDER),
    "",
    "## CAPS",
    "",
    "CAPS has the size rules of HINT. It works on any open file and ignores what its argument",
    "says but for `size` and the bytes that this kernel does not know. A short buffer gets a",
    "prefix of the answer. Its `size` member says how many bytes were copied.",
    "",
    ...table(CAPS_ROWS),
    "",
    "## STATS",
    "",
    "STATS has the rules of CAPS. It answers with the counters of the open file: a HINT that could",
    "be read (past step 6) and whose op is known counts once in `calls`, and in `errors` too if",
    "any later step refuses it. A file that was duplicated counts as one.",
    "",
    ...table(STATS_ROWS),
    "",
    "## Rows that userspace can't see",
    "",
    ...unobservable.map((row) => `- \`${row.id}\` (step ${row.step}): ${row.unobservable}.`),
    "",
  ].join("\n");
}

function table(rows: readonly CheckRow[]): readonly string[] {
  return [
    "| step | id | condition | errno | stages | source |",
    "|---|---|---|---|---|---|",
    ...rows.map((row) => {
      const cells = [`${row.step}`, code(row.id), row.condition, row.errno, stages(row)];
      return `| ${[...cells, code(row.source)].join(" | ")} |`;
    }),
  ];
}

function code(text: string): string {
  return `\`${text}\``;
}

function stages(row: CheckRow): string {
  const seen = isInStage(row, row.since) ? "" : ", not seen";
  if (row.until !== undefined) return `${row.since} to ${row.until}${seen}`;
  return `${row.since} on${seen}`;
}
