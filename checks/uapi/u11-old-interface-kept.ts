import type { ReviewContext } from "../context.ts";
import { lineOfSource } from "../static/changed-sources.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { parseStructs, type Struct } from "./parse-header.ts";
import { type HeaderChange, headerChanges } from "./uapi-headers.ts";

const DEFINE = /^#\s*define\s+(\w+)\s+(\S.*?)\s*(?:\/\*.*)?$/;

/**
 * What a header of the base promised to programs is still there: each constant with its value, each
 * struct with its members in order. What the series itself adds was promised to nobody yet, and may
 * change from patch to patch. scripts/check-uapi.sh says the same of the compiled header and
 * needs a libabigail that Debian 12 does not have.
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
  async inSeries(context) {
    const found: SightingIn[] = [];
    for (const change of headerChanges(context)) {
      if (change.file.status !== "modified") continue;
      const promised = await context.effects.textAt(context.baseCommit, change.file.path);
      if (promised === undefined) continue;
      const before = await context.effects.textAt(parentOf(context, change), change.file.path);
      const after = await context.effects.textAt(change.mail.commit, change.file.path);
      const mend = { mail: change.mail, line: change.file.line };
      const told = [...lostDefines(before ?? "", after ?? ""), ...lostMembers(before, after)];
      const old = told.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(promised));
      for (const { what, text } of old) {
        const at = (after ?? "").split("\n").indexOf(text ?? "");
        const line = at < 0 ? mend.line : lineOfSource(change.mail, change.file.path, at + 1);
        found.push({ mail: change.mail, line, what });
      }
    }
    return found;
  },
});

function parentOf({ patches, baseCommit }: ReviewContext, { mail }: HeaderChange): string {
  return patches[patches.indexOf(mail) - 1]?.commit ?? baseCommit;
}

interface Loss {
  /** Of the constant or the struct. */
  readonly name: string;
  readonly what: string;
  /** The line of the new header to blame, if there is one. */
  readonly text?: string;
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

function lostMembers(before = "", after = ""): Loss[] {
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
