import { ToolError } from "../../tools/lib/error.ts";
import { targetsOf } from "../../tools/lib/uapi/header-compiler.ts";
import type { ReviewContext } from "../context.ts";
import { lineOfSource } from "../static/changed-sources.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { parseStructs, type Struct } from "./parse-header.ts";
import { brokenPromises, expressionsOf, type Loss, promisesOf } from "./promises.ts";
import { deletedHeaders, type HeaderChange, headerChanges } from "./uapi-headers.ts";

const DEFINE = /^#\s*define\s+(\w+)\s+(\S.*?)\s*(?:\/\*.*)?$/;
/** x86-64 and i386, or the one machine of a header. */
const MACHINES = 2;

/**
 * What a header of the base promised to programs is still there: each constant with its value,
 * each member of a struct with its place. What the series itself adds was promised to nobody yet,
 * and may change from patch to patch. Compilers are asked, as scripts/check-uapi.sh asks
 * libabigail; the text counts for what is no constant to them.
 */
export const u11OldInterfaceKept = defineTextRule({
  id: "u11-old-interface-kept",
  title: "constants and structs of existing UAPI headers stay as they are",
  why: "programs that were compiled with the old header are never compiled again",
  source: "scripts/check-uapi.sh",
  fix: "leave the old name and add a new one; grow a struct at its end only, with a size field",
  bad: "-#define MADV_COLD 20 +#define MADV_COLD 21",
  good: "+#define MADV_COLDER 26",
  cost: "seconds",
  facts: async ({ keys }) => [await keys.build()],
  async inSeries(context) {
    const found: SightingIn[] = deletedHeaders(context).map(({ mail, file }) => {
      return { mail, line: file.line, what: `the header '${file.path}' is gone` };
    });
    const unread: string[] = [];
    for (const change of headerChanges(context)) {
      if (change.file.status !== "modified") continue;
      const losses = await lossesOf(change, context);
      if (losses === undefined) continue;
      if (!losses.isCompiled) unread.push(change.file.path);
      const { mail, file } = change;
      for (const { what, at } of losses.told) {
        const line = at < 0 ? file.line : lineOfSource(mail, file.path, at + 1);
        found.push({ mail, line, what });
      }
    }
    if (found.length === 0 && unread.length > 0) throw notCompiled(unread);
    return found;
  },
});

interface Losses {
  /** With the 0-based line of the new header to blame, -1 for none. */
  readonly told: readonly { readonly what: string; readonly at: number }[];
  /** False when a compiler did not take the header, so that only its text was compared. */
  readonly isCompiled: boolean;
}

/** What one patch takes away of a header; undefined for a header that the base does not have. */
async function lossesOf(change: HeaderChange, context: ReviewContext): Promise<Losses | undefined> {
  const { mail, file } = change;
  const { textAt } = context.effects;
  const promised = await textAt(context.baseCommit, file.path);
  if (promised === undefined) return undefined;
  const parent = parentOf(context, change);
  const before = (await textAt(parent, file.path)) ?? "";
  const after = (await textAt(mail.commit, file.path)) ?? "";
  const isOld = ({ name }: { name: string }) => new RegExp(`\\b${name}\\b`).test(promised);
  const promises = promisesOf(before).filter(isOld);
  const targets = targetsOf(file.path).slice(0, MACHINES);
  const ask = (commit: string) =>
    context.effects.headers.valuesAt(commit, file.path, targets, expressionsOf(promises));
  const [old, now] = [await ask(parent), await ask(mail.commit)];
  const known = new Set<string>();
  const compiled = targets.flatMap((target, at): Loss[] => {
    const [was, is] = [old[at], now[at]];
    if (was === undefined || is === undefined) return [];
    for (const { name, key } of promises) if (was[key] !== undefined) known.add(name);
    const losses = brokenPromises(promises, [was, is], after);
    return losses.map((loss) => ({ ...loss, what: `${loss.what} for ${target}` }));
  });
  const written = [...lostDefines(before, after), ...lostMembers(before, after)];
  const told = [...compiled, ...written.filter((one) => isOld(one) && !known.has(one.name))];
  // One word on each: what differs for one machine differs for the other in most cases.
  const first = told.filter(({ name }, at) => told.findIndex((one) => one.name === name) === at);
  const lines = after.split("\n");
  return {
    told: first.map(({ what, text }) => ({ what, at: lines.indexOf(text ?? "") })),
    isCompiled: [...old, ...now].every((facts) => facts !== undefined),
  };
}

function notCompiled(paths: readonly string[]): ToolError {
  return new ToolError(`'${paths.join("', '")}' does not compile alone, so its text was compared`, {
    kind: "environment",
    code: "header-not-compiled",
    hints: ["scripts/check-uapi.sh in a tree with libabigail 2.4 says more"],
  });
}

function parentOf({ patches, baseCommit }: ReviewContext, { mail }: HeaderChange): string {
  return patches[patches.indexOf(mail) - 1]?.commit ?? baseCommit;
}

function lostDefines(before: string, after: string): Loss[] {
  const read = (text: string) =>
    text.split("\n").flatMap((line) => {
      const [, name, value] = DEFINE.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [{ name, value, line }];
    });
  const now = read(after);
  return read(before).flatMap(({ name, value }): Loss[] => {
    const same = now.filter((one) => one.name === name);
    if (same.some((one) => one.value.replaceAll(/\s+/g, "") === value.replaceAll(/\s+/g, ""))) {
      return [];
    }
    const [other] = same;
    if (other === undefined) return [{ name, what: `'${name}' is gone` }];
    return [{ name, what: `'${name}' was ${value} and is ${other.value}`, text: other.line }];
  });
}

function lostMembers(before: string, after: string): Loss[] {
  const structsOf = (text: string): Struct[] =>
    parseStructs(text.split("\n").map((one, at) => ({ text: one, line: at + 1 })));
  const now = structsOf(after);
  return structsOf(before).flatMap((old): Loss[] => {
    const { name } = old;
    const same = now.find((one) => one.name === name);
    if (same === undefined) return [{ name, what: `struct '${name}' is gone` }];
    const at = old.members.findIndex(({ name, type, count }, index) => {
      const other = same.members[index];
      return other?.name !== name || other.type !== type || other.count !== count;
    });
    if (at < 0) return [];
    const what = `'${old.members[at]?.name}' of struct '${name}' has moved or changed`;
    return [{ name, what, text: same.members[at]?.text ?? same.text }];
  });
}
