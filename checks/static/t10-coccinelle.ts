import type { CoccinelleReport } from "../../tools/lib/kernel/run-coccinelle.ts";
import type { ReviewContext, ReviewedPatch } from "../context.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { changedSources, lineOfSource, parentOf } from "./changed-sources.ts";

const CONTROL_PATH = "mm/rfckit_control.c";
/** A check that kfree() makes itself. */
const CONTROL = "void rfckit_control(void *words)\n{\n\tif (words)\n\t\tkfree(words);\n}\n";

/** The kernel's semantic patches find nothing new. */
export const t10Coccinelle = defineTextRule({
  id: "t10-coccinelle",
  title: "coccinelle reports nothing new of the files that a patch changes",
  why: "the kernel's test robot runs the semantic patches and mails each new report",
  source: "Documentation/dev-tools/coccinelle.rst",
  fix: "mend what the semantic patch names",
  bad: "if (words)\n\tkfree(words);",
  good: "kfree(words);",
  cost: "minutes",
  facts: async ({ keys, patches }) => [
    await keys.systemFile("/usr/bin/spatch"),
    CONTROL,
    ...patches.map(({ tree }) => tree),
  ],
  async settle({ effects }) {
    const reports = await effects.runCoccinelle({ [CONTROL_PATH]: CONTROL });
    if (reports.some(({ line }) => line === 3 || line === 4)) return undefined;
    const missing = "spatch does not find a seeded defect";
    return { kind: "not-run", missing, howToGet: "sudo apt-get install -y coccinelle" };
  },
  async inSeries(context) {
    const found: SightingIn[] = [];
    const known = new Map<string, readonly CoccinelleReport[]>();
    for (const [at, mail] of context.patches.entries()) {
      context.onProgress(`asking the semantic patches about ${mail.position}`);
      const after = await reportsAt(context, mail.commit, mail, known);
      if (after.length === 0) continue;
      const before = await reportsAt(context, parentOf(context, at), mail, known);
      for (const { path, line, text } of addedReports(before, after)) {
        const what = `${path}:${line}: ${text}`;
        found.push({ mail, line: lineOfSource(mail, path, line), what });
      }
    }
    return found;
  },
});

/** @param known reports by the content of all files that were asked about together */
async function reportsAt(
  { effects }: ReviewContext,
  commit: string,
  mail: ReviewedPatch,
  known: Map<string, readonly CoccinelleReport[]>,
): Promise<readonly CoccinelleReport[]> {
  const files: Record<string, string> = {};
  for (const { path } of changedSources(mail, /\.c$/)) {
    const text = await effects.textAt(commit, path);
    if (text !== undefined) files[path] = text;
  }
  if (Object.keys(files).length === 0) return [];
  const key = JSON.stringify(files);
  const reports = known.get(key) ?? (await effects.runCoccinelle(files));
  known.set(key, reports);
  return reports;
}

/** Those of which the parent has fewer; lines move, so a report is known by file and text. */
function addedReports(
  before: readonly CoccinelleReport[],
  after: readonly CoccinelleReport[],
): readonly CoccinelleReport[] {
  const keyOf = ({ path, text }: CoccinelleReport): string =>
    JSON.stringify([path, text.replaceAll(/\d+/g, "N")]);
  const left = before.map(keyOf);
  return after.filter((report) => {
    const at = left.indexOf(keyOf(report));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
