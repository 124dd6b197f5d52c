import { Script } from "node:vm";

const LIMIT_MS = 1_000;
const LINE_CHARS = 4_096;

const SEARCH = new Script(`{
  const regex = new RegExp(pattern);
  JSON.stringify(lines.flatMap((line, at) => (regex.test(line) ? [at] : [])));
}`);

/**
 * Which lines a regular expression matches.
 *
 * Problem: an expression can take exponential time, and nothing in a thread can interrupt it but
 * V8 itself. A vm script has a time limit that V8 keeps also inside of an expression. The
 * expression is data of the script, never code.
 *
 * @param lines text, of which only the first 4096 characters are looked at
 * @returns indices of the lines
 * @throws Error in words for people, when the expression is malformed or takes too long
 */
export function matchPattern(pattern: string, lines: readonly string[]): number[] {
  const cut = lines.map((line) => line.slice(0, LINE_CHARS));
  try {
    const found: unknown = SEARCH.runInNewContext({ pattern, lines: cut }, { timeout: LIMIT_MS });
    return JSON.parse(String(found)) as number[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") {
      throw new Error(`takes more than ${LIMIT_MS} ms, make it simpler`, { cause: error });
    }
    throw new Error((error as Error).message.toLowerCase(), { cause: error });
  }
}
