import type { BoardRow } from "./board-state.ts";

/** Last lines of a log that the details show. */
const TAIL_LINES = 15;

/**
 * What the detail pane says of a check: what it found, why that matters, what to do, and how the
 * log ends.
 *
 * @param readLog the text of a log, undefined when it is gone
 */
export function detailLines(
  row: BoardRow,
  readLog: (file: string) => string | undefined,
): string[] {
  const head = [`${row.id}: ${row.title}`, `verdict: ${row.state}`];
  if (row.entry === undefined) return [...head, row.detail];
  const { check, result } = row.entry;
  const { verdict, diagnostics, logFile, command } = result;
  const said = {
    pass: [],
    fail: [],
    waived: verdict.kind === "waived" ? [`waived by ${verdict.who}: ${verdict.reason}`] : [],
    attest: verdict.kind === "attest" ? [`to be stated: ${verdict.statement}`] : [],
    "not-run":
      verdict.kind === "not-run" ? [`missing: ${verdict.missing}`, `try: ${verdict.howToGet}`] : [],
    error: verdict.kind === "error" ? [verdict.message] : [],
  }[verdict.kind];
  const found = diagnostics.flatMap(({ place, severity, what, fix }) => {
    const where = [place?.file, place?.line, place?.column].filter((part) => part !== undefined);
    return [
      "",
      `${where.join(":")}: ${severity}: ${what}`,
      ...(fix === undefined ? [] : `fix: ${fix.text}`.split("\n").map((line) => `  ${line}`)),
      ...(fix?.command === undefined ? [] : [`  try: ${fix.command}`]),
    ];
  });
  const log = logFile === undefined ? undefined : readLog(logFile);
  const tail = log === undefined ? [] : log.trimEnd().split("\n").slice(-TAIL_LINES);
  return [
    ...head,
    result.summary,
    ...said,
    `why: ${check.why}`,
    `source: ${check.source}`,
    ...found,
    ...(command === undefined ? [] : ["", `repeat: ${command}`]),
    ...(logFile === undefined ? [] : ["", `log: ${logFile}`, ...tail.map((line) => `| ${line}`)]),
  ].map(show);
}

/** Text of patches and logs is data: nothing in it may move the cursor. */
function show(line: string): string {
  return line.replaceAll("\t", "    ").replaceAll(/\p{Cc}/gu, "\ufffd");
}
