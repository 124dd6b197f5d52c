import type { KconfigValues } from "../../tools/lib/build/kconfig-text.ts";
import type { KernelVariant } from "../../tools/lib/build/variant.ts";
import type { ReviewContext, ReviewedPatch } from "../context.ts";
import { lineOfSource } from "../static/changed-sources.ts";
import { objectsOf, objectsOfFiles } from "../static/objects.ts";
import type { SightingIn } from "../text-rule.ts";
import { includersOf } from "./includers.ts";

/** What decides the result of a matrix beside the mails. */
export async function matrixFacts({ keys, patches }: ReviewContext): Promise<string[]> {
  return [await keys.build(), ...patches.map(({ tree }) => tree)];
}

/**
 * Builds the objects of all changed files at the tip in each configuration, and of files that
 * include a changed header. What the tree does not build in one of them is left out; a symbol that
 * does not take its value is told.
 */
export async function buildTouched(
  context: ReviewContext,
  variants: readonly KernelVariant[],
): Promise<SightingIn[]> {
  const found: SightingIn[] = [];
  const includers = await includersOf(context);
  for (const variant of variants) found.push(...(await buildOne(context, variant, includers)));
  return found;
}

async function buildOne(
  context: ReviewContext,
  variant: KernelVariant,
  includers: readonly string[],
): Promise<SightingIn[]> {
  const { patches, effects } = context;
  const tip = patches.at(-1);
  if (tip === undefined) return [];
  const { commit } = tip;
  const { values } = await effects.buildVariant({ commit, variant, targets: [] });
  const refused = refusedOf(variant, values);
  if (refused.length > 0) {
    const what = `not built ${variant.name}: ${refused.join(", ")}`;
    return [{ mail: tip, line: tip.parsed.rawSubject.line, what, severity: "info" }];
  }
  const machine = machineOf(variant);
  const perPatch = await Promise.all([
    ...patches.map((mail) => objectsOf(effects, commit, mail, values, machine)),
    objectsOfFiles(effects, commit, includers, values, machine),
  ]);
  const targets = [...new Set(perPatch.flat())].toSorted();
  if (targets.length === 0) return [];
  context.onProgress(`building ${targets.length} objects ${variant.name}`);
  const result = await effects.buildVariant({ commit, variant, targets });
  return errorsOf(result, variant, patches);
}

/** The errors of a build as findings, at the last patch that changes the file. */
export function errorsOf(
  { ok, messages, logFile }: Awaited<ReturnType<ReviewContext["effects"]["buildVariant"]>>,
  variant: KernelVariant,
  patches: readonly ReviewedPatch[],
): SightingIn[] {
  const tip = patches.at(-1);
  if (ok || tip === undefined) return [];
  const errors = messages.filter(({ severity }) => severity === "error");
  if (errors.length === 0) {
    const what = `does not build ${variant.name}, see '${logFile}'`;
    return [{ mail: tip, line: tip.parsed.rawSubject.line, what }];
  }
  return errors.map(({ path, line, text }) => {
    const mail = patches.findLast(({ parsed }) => parsed.files.some((one) => one.path === path));
    const what = `${path}:${line}: ${text} (${variant.name})`;
    return { mail: mail ?? tip, line: lineOfSource(mail ?? tip, path, line), what };
  });
}

/** The folder below arch/ of a variant. */
function machineOf({ arch }: KernelVariant): string {
  return arch === "x86_64" || arch === "i386" ? "x86" : arch;
}

function refusedOf({ set }: KernelVariant, values: KconfigValues): string[] {
  return Object.entries(set)
    .filter(([symbol, value]) => (values.get(symbol) ?? "n") !== value)
    .map(([symbol, value]) => `CONFIG_${symbol} does not become ${value}`);
}
