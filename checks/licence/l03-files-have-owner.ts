import {
  entriesOf,
  matchesPattern,
  parseMaintainers,
} from "../../tools/lib/kernel/maintainers-file.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

/** An entry with more files than this watches no single one. */
const MOST_FILES = 500;
/** Source that somebody has to answer for; lists such as .gitignore go with their folder. */
const SOURCE = /\.(?:c|h|S|rst|yaml|py|sh)$/;

/** Somebody answers for each new file, not only for the folder as a whole. */
export const l03FilesHaveOwner = defineTextRule({
  id: "l03-files-have-owner",
  title: `a new file has an entry in MAINTAINERS that covers at most ${MOST_FILES} files`,
  why: "a new file without an owner of its own gets its next patch past everybody",
  source: "Documentation/process/submit-checklist.rst",
  fix: "add an entry, or an F: line to the one that the file belongs to",
  bad: "a new mm/hbf.c that only MEMORY MANAGEMENT covers",
  good: "F:\tmm/hbf.c",
  cost: "seconds",
  async inSeries({ patches, effects, baseCommit }) {
    const added = patches.flatMap((mail) =>
      mail.parsed.files
        .filter(({ status, path }) => status === "added" && SOURCE.test(path))
        .map((file) => ({ mail, file })),
    );
    if (added.length === 0) return [];
    const tip = patches.at(-1)?.commit ?? baseCommit;
    const entries = parseMaintainers((await effects.textAt(tip, "MAINTAINERS")) ?? "");
    const paths = await effects.pathsAt(tip);
    const sizes = new Map<string, number>();
    const sizeOf = ({ title, fields }: (typeof entries)[number]): number => {
      const patterns = fields.filter(({ letter }) => letter === "F").map(({ value }) => value);
      const size =
        sizes.get(title) ??
        paths.filter((one) => patterns.some((it) => matchesPattern(one, it))).length;
      sizes.set(title, size);
      return size;
    };
    return added.flatMap(({ mail, file }): SightingIn[] => {
      const owners = entriesOf(file.path, entries).filter(({ title }) => title !== "THE REST");
      if (owners.some((entry) => sizeOf(entry) <= MOST_FILES)) return [];
      const only = owners.map(({ title }) => `'${title}'`).join(" and ") || "'THE REST'";
      return [{ mail, line: file.line, what: `'${file.path}' belongs to ${only} alone` }];
    });
  },
});
