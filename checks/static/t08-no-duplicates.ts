import type { ReviewContext } from "../context.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { changedSources, parentOf, placeIn } from "./changed-sources.ts";
import { type FileVersions, readVersions } from "./file-versions.ts";

/** A header that is included twice, so that the script's silence counts. */
const CONTROL = "#include <linux/mm.h>\n#include <linux/mm.h>\n";
const SCRIPT = "scripts/checkincludes.pl";
const FOUND = /^(\S+): (\S+) is included more than once\.$/;

/** No file includes a header twice, or declares a struct twice, because of a patch. */
export const t08NoDuplicates = defineTextRule({
  id: "t08-no-duplicates",
  title: "no header is included twice, no struct declared twice",
  why: "doubles are left over from a merge, and hide which line is needed",
  source: "scripts/checkincludes.pl",
  fix: "take the second one out",
  bad: "#include <linux/mm.h> (twice)",
  good: "#include <linux/mm.h>",
  cost: "seconds",
  async settle({ effects }) {
    const { stdout } = await effects.runScript({
      script: SCRIPT,
      args: [],
      files: { "mm/rfckit_control.c": CONTROL },
    });
    if (FOUND.test(stdout.split("\n")[0] ?? "")) return undefined;
    return { kind: "not-run", missing: `${SCRIPT} finds no seeded double`, howToGet: "perl" };
  },
  async inSeries(context) {
    const versions = await readVersions(context, /\.[ch]$/);
    const doubles = await doublesIn(versions.files, context);
    return context.patches.flatMap((mail, at) =>
      changedSources(mail, /\.[ch]$/).flatMap(({ path }): SightingIn[] => {
        const doublesAt = (commit: string): readonly string[] =>
          doubles.get(versions.nameAt(commit, path) ?? "") ?? [];
        const before = doublesAt(parentOf(context, at));
        return doublesAt(mail.commit)
          .filter((text) => !before.includes(text))
          .map((text) => {
            const what = `'${path}' has '${text}' more than once`;
            return { mail, line: placeIn(mail, path, text), what };
          });
      }),
    );
  },
});

/** By name of the file: headers that are included twice, and declarations. */
async function doublesIn(
  files: FileVersions["files"],
  { effects }: ReviewContext,
): Promise<Map<string, string[]>> {
  const doubles = new Map<string, string[]>();
  if (Object.keys(files).length === 0) return doubles;
  const { stdout } = await effects.runScript({ script: SCRIPT, args: [], files });
  for (const line of stdout.split("\n")) {
    const [, name, header] = FOUND.exec(line) ?? [];
    if (name === undefined || header === undefined) continue;
    doubles.set(name, [...(doubles.get(name) ?? []), header]);
  }
  for (const [name, text] of Object.entries(files)) {
    const declared: string[] = text.match(/^struct \w+;$/gm) ?? [];
    const twice = declared.filter((one, at) => declared.indexOf(one) !== at);
    doubles.set(name, [...(doubles.get(name) ?? []), ...twice]);
  }
  return doubles;
}
