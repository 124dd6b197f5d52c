import {
  type MaintainersEntry,
  matchesPattern,
  parseMaintainers,
} from "../../tools/lib/kernel/maintainers-file.ts";
import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

/** As scripts/parse-maintainers.pl orders the fields of an entry @ 6.12.117. */
const ORDER = "MRLSWQBPCTFXNK";

/** A changed entry of MAINTAINERS is in order, has a status, and its patterns match files. */
export const l04MaintainersEntry = defineTextRule({
  id: "l04-maintainers-entry",
  title: "changed entries of MAINTAINERS are sorted, complete, and match files",
  why: "get_maintainer.pl finds nobody through a pattern that matches nothing",
  source: "MAINTAINERS",
  fix: "sort the entry by title, its fields as M R L S W Q B P C T F X N K, and mend the pattern",
  bad: "F:\tmm/hfb.c",
  good: "F:\tmm/hbf.c",
  cost: "seconds",
  async inSeries({ patches, effects, baseCommit }) {
    const added = patches.flatMap((mail) =>
      mail.parsed.files
        .filter(({ path }) => path === "MAINTAINERS")
        .flatMap((file) => addedLines(file).map((line) => ({ mail, ...line }))),
    );
    if (added.length === 0) return [];
    const tip = patches.at(-1)?.commit ?? baseCommit;
    const entries = parseMaintainers((await effects.textAt(tip, "MAINTAINERS")) ?? "");
    const paths = await effects.pathsAt(tip);
    const placeOf = (text: string): { mail: SightingIn["mail"]; line: number } | undefined => {
      const found = added.find((one) => one.text === text);
      return found === undefined ? undefined : { mail: found.mail, line: found.line };
    };
    const isAdded = (text: string): boolean => placeOf(text) !== undefined;
    return entries.flatMap((entry, at) => {
      // Many entries share a list or a status; a pattern or a person tells which one was changed.
      const own = entry.fields.filter(({ letter }) => /[FXNKM]/.test(letter));
      if (![entry.title, ...own.map(({ text }) => text)].some(isAdded)) return [];
      const found = [...judgeTitle(entry, entries[at - 1]), ...judgeFields(entry, paths, isAdded)];
      return found.flatMap(({ text, what }): SightingIn[] => {
        const place = placeOf(text);
        return place === undefined ? [] : [{ ...place, what }];
      });
    });
  },
});

interface Problem {
  /** Of the line that is to blame. */
  readonly text: string;
  readonly what: string;
}

function* judgeTitle(
  { title, fields }: MaintainersEntry,
  before: MaintainersEntry | undefined,
): Iterable<Problem> {
  if (before !== undefined && title !== "THE REST" && before.title > title) {
    yield { text: title, what: `'${title}' stands behind '${before.title}'` };
  }
  if (!fields.some(({ letter }) => letter === "S")) {
    yield { text: title, what: `'${title}' has no status (S:)` };
  }
}

function* judgeFields(
  { fields }: MaintainersEntry,
  paths: readonly string[],
  isAdded: (text: string) => boolean,
): Iterable<Problem> {
  for (const [at, { letter, value, text }] of fields.entries()) {
    if (!isAdded(text)) continue;
    const previous = fields[at - 1]?.letter ?? "M";
    if (!ORDER.includes(letter)) yield { text, what: `'${letter}:' is no field of an entry` };
    else if (ORDER.indexOf(previous) > ORDER.indexOf(letter)) {
      yield { text, what: `'${letter}:' stands behind '${previous}:'` };
    }
    if (!/^[A-Z]:\t\S/.test(text)) yield { text, what: `'${letter}:' is not followed by one tab` };
    if (letter === "F" && !paths.some((path) => matchesPattern(path, value))) {
      yield { text, what: `no file matches '${value}'` };
    }
  }
}
