import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import type { ReviewedPatch } from "../context.ts";
import { defineTextRule, type Mail, type SightingIn } from "../text-rule.ts";
import { touchesInterface } from "./interface.ts";

/** The lines that no test reaches are known. */
export const x04PathsExercised = defineTextRule({
  id: "x04-paths-exercised",
  title: "every added line that makes code has been run",
  why: "an error path that nobody has run does not work",
  source: "Documentation/process/submit-checklist.rst",
  fix: "add a vector for the line, or waive the row with the reason",
  bad: "return -ENOMEM; (never reached)",
  good: "a test for each error path",
  cost: "minutes",
  facts: async ({ keys, patches }) => {
    if (!patches.some(touchesInterface)) return ["another series"];
    return [await keys.verify(), patches.at(-1)?.tree ?? ""];
  },
  async settle({ patches, effects }) {
    if (!patches.some(touchesInterface)) return undefined;
    const { kind, detail, isInfrastructure } = await effects.verify("gcov");
    return isInfrastructure ? { kind: "error", message: `${kind}: ${detail}` } : undefined;
  },
  async inSeries({ patches, effects }) {
    const tip = patches.at(-1);
    if (tip === undefined || !patches.some(touchesInterface)) return [];
    const { kind, detail, unreached, logFile } = await effects.verify("gcov");
    if (unreached === undefined) {
      const what = `nothing was counted: ${kind}: ${detail}, see '${logFile}'`;
      return [{ mail: tip, line: tip.parsed.rawSubject.line, what }];
    }
    const found: SightingIn[] = [];
    for (const { path, line } of unreached) {
      const code = (await effects.textAt(tip.commit, path))?.split("\n")[line - 1] ?? "";
      const what = `${path}:${line}: no vector reaches '${code.trim()}'`;
      found.push({ ...placeOf(patches, path, code), what });
    }
    return found;
  },
});

/** The last patch that adds such a line, for lines move from patch to patch. */
function placeOf(
  patches: readonly ReviewedPatch[],
  path: string,
  code: string,
): { readonly mail: Mail; readonly line: number } {
  const added = patches.flatMap((mail) =>
    mail.parsed.files
      .filter((file) => file.path === path)
      .flatMap((file) => addedLines(file).map(({ line, text }) => ({ mail, line, text }))),
  );
  const [last] = patches.slice(-1);
  const place = added.findLast(({ text }) => text === code) ?? added.at(-1);
  if (place !== undefined) return { mail: place.mail, line: place.line };
  if (last === undefined) throw new RangeError("a series has at least one patch");
  return { mail: last, line: last.parsed.rawSubject.line };
}
