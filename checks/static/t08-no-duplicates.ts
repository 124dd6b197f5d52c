import type { ReviewContext, ReviewedPatch } from "../context.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { changedSources, parentOf, placeIn } from "./changed-sources.ts";

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
    const found: SightingIn[] = [];
    for (const [at, mail] of context.patches.entries()) {
      const before = await doublesAt(context, parentOf(context, at), mail);
      for (const { path, text } of await doublesAt(context, mail.commit, mail)) {
        if (before.some((one) => one.path === path && one.text === text)) continue;
        const what = `'${path}' has '${text}' more than once`;
        found.push({ mail, line: placeIn(mail, path, text), what });
      }
    }
    return found;
  },
});

async function doublesAt({ effects }: ReviewContext, commit: string, mail: ReviewedPatch) {
  const files: Record<string, string> = {};
  for (const { path } of changedSources(mail, /\.[ch]$/)) {
    const text = await effects.textAt(commit, path);
    if (text !== undefined) files[path] = text;
  }
  if (Object.keys(files).length === 0) return [];
  const { stdout } = await effects.runScript({ script: SCRIPT, args: [], files });
  const included = stdout.split("\n").flatMap((line) => {
    const [, path, header] = FOUND.exec(line) ?? [];
    return path === undefined || header === undefined ? [] : [{ path, text: header }];
  });
  const declared = Object.entries(files).flatMap(([path, text]) => {
    const names: string[] = text.match(/^struct \w+;$/gm) ?? [];
    const twice = names.filter((name, at) => names.indexOf(name) !== at);
    return twice.map((name) => ({ path, text: name }));
  });
  return [...included, ...declared];
}
