import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

/** As scripts/documentation-file-ref-check looks for them, which takes 17 s for the whole tree. */
const REFERENCE = /(?<![\w/.-])(Documentation\/[\w.,/-]*\w\.(?:rst|txt|yaml))\b/g;

/** A document that somebody is sent to is there. */
export const d05FilesExist = defineTextRule({
  id: "d05-files-exist",
  title: "every Documentation/ file that an added line names exists, also those of others",
  why: "a reference to a file that has moved sends its reader into the void",
  source: "scripts/documentation-file-ref-check",
  fix: "name the file as it is called at the end of the series",
  bad: "See Documentation/vm/numa.txt",
  good: "See Documentation/mm/numa.rst",
  cost: "seconds",
  async inSeries({ patches, effects, baseCommit }) {
    const tip = patches.at(-1)?.commit ?? baseCommit;
    const named = patches.flatMap((mail) =>
      mail.parsed.files.flatMap((file) =>
        addedLines(file).flatMap(({ text, line }) =>
          [...text.matchAll(REFERENCE)].map(([, path = ""]) => ({ mail, line, path })),
        ),
      ),
    );
    const deleted = patches.flatMap((mail) =>
      mail.parsed.files
        .filter(({ path, status }) => status === "deleted" && path.startsWith("Documentation/"))
        .map(({ path, line }) => ({ mail, line, path })),
    );
    const found: SightingIn[] = [];
    for (const { mail, line, path } of named) {
      if ((await effects.textAt(tip, path)) !== undefined) continue;
      found.push({ mail, line, what: `'${path}' is not there` });
    }
    for (const { mail, line, path } of deleted) {
      const users = await effects.searchAt(tip, path.replaceAll(".", "\\."), []);
      for (const user of users) {
        found.push({ mail, line, what: `'${user.path}' still names '${path}'` });
      }
    }
    return found;
  },
});
