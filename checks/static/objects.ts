import { posix } from "node:path";
import type { KconfigValues } from "../../tools/lib/build/kconfig-text.ts";
import type { ReviewContext, ReviewedPatch } from "../context.ts";
import { changedSources } from "./changed-sources.ts";

/**
 * The objects that a commit makes of the C files of a patch: `mm/hbf.o`. A file that no line of its
 * folder's Makefile names is a part of another one and has none.
 *
 * @param values leaves out what this configuration does not build; all unless given
 * @param machine folder below arch/ of which files are built
 */
export async function objectsOf(
  effects: ReviewContext["effects"],
  commit: string,
  mail: ReviewedPatch,
  values?: KconfigValues,
  machine = "x86",
): Promise<string[]> {
  const paths = changedSources(mail, /\.c$/).map(({ path }) => path);
  return await objectsOfFiles(effects, commit, paths, values, machine);
}

/** As `objectsOf`, of the C files at these paths. */
export async function objectsOfFiles(
  effects: ReviewContext["effects"],
  commit: string,
  paths: readonly string[],
  values?: KconfigValues,
  machine = "x86",
): Promise<string[]> {
  const objects: string[] = [];
  for (const path of paths) {
    const isElsewhere = path.startsWith("arch/") && !path.startsWith(`arch/${machine}/`);
    if (isElsewhere || (await effects.textAt(commit, path)) === undefined) continue;
    const folder = posix.dirname(path);
    const name = `${posix.basename(path, ".c")}.o`;
    const rule = lineOf((await effects.textAt(commit, `${folder}/Makefile`)) ?? "", name);
    if (rule === undefined) continue;
    const symbol = /\$\(CONFIG_(\w+)\)/.exec(rule)?.[1];
    const isBuilt = symbol === undefined || /^[ym]$/.test(values?.get(symbol) ?? "n");
    if (values === undefined || isBuilt) objects.push(`${folder}/${name}`);
  }
  return objects;
}

/** The rule of a Makefile that names an object, with its continued lines. */
function lineOf(makefile: string, object: string): string | undefined {
  const rules = makefile.replaceAll(/\\\n/g, " ").split("\n");
  return rules.find((rule) => !rule.startsWith("#") && rule.split(/\s+/).includes(object));
}
