import type { RunRequest } from "./run.ts";

const PLAIN_WORD = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** Quotes one word for a POSIX shell. */
export function quoteWord(word: string): string {
  return PLAIN_WORD.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The shell line that repeats a call, with its directory and added environment. */
export function formatCommand(request: Pick<RunRequest, "file" | "args" | "cwd" | "env">): string {
  const words = [request.file, ...request.args].map(quoteWord);
  const entries = Object.entries(request.env ?? {});
  // env takes options only before the first assignment.
  const settings = [
    ...entries.flatMap(([name, value]) => (value === undefined ? [`-u ${name}`] : [])),
    ...entries.flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${quoteWord(value)}`],
    ),
  ];
  const prefix = settings.length === 0 ? [] : ["env", ...settings];
  const line = [...prefix, ...words].join(" ");
  return request.cwd === undefined ? line : `(cd ${quoteWord(request.cwd)} && ${line})`;
}
