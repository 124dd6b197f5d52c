import { PAGE_ROWS } from "./outcome-rows.ts";

/** The reference page of what becomes of each page of a hint, as Markdown. */
export function renderPageOutcomes(): string {
  const choices = PAGE_ROWS.filter(({ choice }) => choice !== undefined);
  return [
    "# What becomes of a page",
    "",
    "Generated from `kernel-model/machine/pages/outcome-rows.ts`: don't edit.",
    "",
    "A hint that passes the [order of checks](check-order.md) counts each base page of its range",
    "once. The first row that matches says in which counter. A folio moves whole, however much of",
    "it the range has, and only the pages of the range are counted. A source is what decides it:",
    "`path:symbol` in Linux 6.12.117, or in the series.",
    "",
    "| id | condition | counter | source |",
    "|---|---|---|---|",
    ...PAGE_ROWS.map(({ id, condition, counters, source }) => {
      const cells = [`\`${id}\``, condition, counters.join(" or "), `\`${source}\``];
      return `| ${cells.join(" | ")} |`;
    }),
    "",
    "## Where the kernel has a choice",
    "",
    ...choices.map(({ id, choice }) => `- \`${id}\`: ${choice}.`),
    "- Among equally near nodes of the next lower tier DEMOTE takes any, one for a batch",
    "  (`mm/memory-tiers.c:next_demotion_node`). The vectors' range is one batch.",
    "- What a process has of the kernel, or of the runner itself, may be on any node: a hint on",
    "  one such page is counted in one way or another.",
    "",
  ].join("\n");
}
