import type { Rows } from "./runs.ts";

/** A Markdown table. */
export function renderTable(head: readonly string[], rows: Rows): string {
  const cell = (text: string): string => text.replaceAll("|", "\\|");
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The rows that the page has of a part, which its command names. */
export function readPageRows(page: string, part: string): Rows {
  const [, after = ""] = page.split(`\n\`npm run evidence -- ${part}\`\n\n`);
  const [table = ""] = after.split("\n\n");
  const lines = table.trimEnd().split("\n").slice(2);
  return lines.map((line) =>
    line
      .replace(/^\| | \|$/g, "")
      .split(/ (?<!\\)\| /)
      .map((cell) => cell.trim().replaceAll("\\|", "|")),
  );
}
