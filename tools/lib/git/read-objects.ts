import { lastWords } from "../proc/check-result.ts";
import type { Git } from "./git.ts";

/** An object that a name stands for. */
export interface NamedObject {
  /** Full id. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

const NEWLINE = 0x0a;
/** Names are given to git one a line. */
const ONE_LINE = /^[^\n\0]+$/;

/**
 * The objects of several names, such as `v1^{commit}` or `HEAD:Makefile`, by one process of git;
 * undefined for a name that the repository lacks, and for all where there is no repository.
 */
export async function readObjects(
  git: Git,
  names: readonly string[],
): Promise<(NamedObject | undefined)[]> {
  const asked = names.filter((name) => ONE_LINE.test(name));
  const input = asked.map((name) => `${name}\n`).join("");
  const result = await git.run(["cat-file", "--batch"], { input });
  if (result.code !== 0) return names.map(() => undefined);
  const answers = splitAnswers(result.stdout, asked.length, lastWords(result));
  const found = new Map(asked.map((name, at) => [name, answers[at]]));
  return names.map((name) => found.get(name));
}

function splitAnswers(
  bytes: Uint8Array,
  count: number,
  words: string,
): readonly (NamedObject | undefined)[] {
  const answers: (NamedObject | undefined)[] = [];
  let at = 0;
  while (answers.length < count) {
    const end = bytes.indexOf(NEWLINE, at);
    if (end < 0) throw new RangeError(`git cat-file gave too few answers: ${words}`);
    // A name that is not found comes back with a word such as `missing`, and may hold spaces.
    const header = new TextDecoder().decode(bytes.subarray(at, end));
    const [, id, length] = /^([0-9a-f]{40,64}) [a-z]+ (\d+)$/.exec(header) ?? [];
    at = end + 1;
    if (id === undefined) {
      answers.push(undefined);
      continue;
    }
    answers.push({ id, bytes: bytes.subarray(at, at + Number(length)) });
    at += Number(length) + 1;
  }
  return answers;
}
