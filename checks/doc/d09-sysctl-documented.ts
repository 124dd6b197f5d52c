import type { ReviewContext, ReviewedPatch } from "../context.ts";
import type { Verdict } from "../contract.ts";
import { changedSources } from "../static/changed-sources.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

const SCRIPT = "scripts/check-sysctl-docs";
/** Folders of /proc/sys that have a page of the same name. */
const TABLES = ["vm", "kernel", "fs"];
const pageOf = (table: string) => `Documentation/admin-guide/sysctl/${table}.rst`;
/** What has to do with a sysctl in C. */
const SYSCTL = /\.procname\s*=|\bregister_sysctl/;

/** A sysctl without a section, and a section without a sysctl. */
const CONTROL: Readonly<Record<string, string>> = {
  "control.rst": "rfckit_gone\n===========\n",
  "control.c":
    'static struct ctl_table control[] = {\n\t{ .procname = "rfckit_new" },\n};\n' +
    'register_sysctl("vm", control);\n',
};

/** What the script says of a page and the tables of its folder. */
interface Answer {
  readonly withoutSection: ReadonlySet<string>;
  readonly withoutSysctl: ReadonlySet<string>;
}

type Files = Readonly<Record<string, string>>;

/**
 * A sysctl has its section on the page of its table, and a section its sysctl. The script knows
 * which table is registered where; sections that it does not read (underlined by `-`, or with a
 * colon at the end) count as well.
 */
export const d09SysctlDocumented = defineTextRule({
  id: "d09-sysctl-documented",
  title: "scripts/check-sysctl-docs says nothing new of what a patch changes in sysctls",
  why: "administrators find out by that page what a number in /proc/sys means",
  source: SCRIPT,
  fix: "add a heading with the name of the sysctl to the page of its table, in order",
  bad: '.procname = "hbf_limit_mb", and no section in vm.rst',
  good: "hbf_limit_mb\n============",
  cost: "seconds",
  async settle(context): Promise<Verdict | undefined> {
    if (!touchesSysctls(context)) return undefined;
    const { withoutSection, withoutSysctl } = await ask("vm", CONTROL, context);
    if (withoutSection.has("rfckit_new") && withoutSysctl.has("rfckit_gone")) return undefined;
    return { kind: "not-run", missing: `${SCRIPT} finds no seeded defect`, howToGet: "gawk" };
  },
  async inSeries(context) {
    if (!touchesSysctls(context)) return [];
    const { baseCommit, patches } = context;
    const tip = patches.at(-1)?.commit ?? baseCommit;
    const sources = await readSources(context, tip);
    const found: SightingIn[] = [];
    for (const table of TABLES) {
      const page = pageOf(table);
      const [before = "", after = ""] = await Promise.all(
        [baseCommit, tip].map((commit) => context.effects.textAt(commit, page)),
      );
      const old = await ask(table, { [page]: before, ...sources.before }, context);
      const now = await ask(table, { [page]: after, ...sources.after }, context);
      const isNew = (name: string) => !old.withoutSection.has(name) && !hasSection(after, name);
      for (const name of [...now.withoutSection].filter(isNew)) {
        found.push(...sightingOf(`'${page}' has no section '${name}'`, name, context));
      }
      for (const name of [...now.withoutSysctl].filter((one) => !old.withoutSysctl.has(one))) {
        found.push(
          ...sightingOf(`'${page}' describes '${name}', which is not there`, name, context),
        );
      }
    }
    return found;
  },
});

function touchesSysctls({ patches }: ReviewContext): boolean {
  const pages = TABLES.map(pageOf);
  return patches.some((mail) =>
    mail.parsed.files.some(({ path, hunks }) => {
      const inC = path.endsWith(".c") && hunks.flat().some(isChanged);
      return inC || pages.includes(path);
    }),
  );
}

function isChanged({ kind, text }: { readonly kind: string; readonly text: string }): boolean {
  return kind !== " " && SYSCTL.test(text);
}

/** The files that register sysctls, on the base and at the tip. */
async function readSources(
  { patches, baseCommit, effects }: ReviewContext,
  tip: string,
): Promise<{ before: Files; after: Files }> {
  const lines = await Promise.all(
    [baseCommit, tip].map((commit) => effects.searchAt(commit, "register_sysctl", ["*.c"])),
  );
  const paths = new Set(lines.flat().map(({ path }) => path));
  const changed = patches.flatMap((mail) => changedSources(mail, /\.c$/).map(({ path }) => path));
  const before: Record<string, string> = {};
  const after: Record<string, string> = {};
  // One after another: git is started for each, and all at once would be a hundred of it.
  for (const path of [...paths].toSorted()) {
    const text = (await effects.textAt(tip, path)) ?? "";
    const isSame = text !== "" && !changed.includes(path);
    after[path] = text;
    before[path] = isSame ? text : ((await effects.textAt(baseCommit, path)) ?? "");
  }
  return { before, after };
}

async function ask(table: string, files: Files, { effects }: ReviewContext): Promise<Answer> {
  const args = [`-vtable=${table}`];
  const { stdout } = await effects.runScript({ script: SCRIPT, args, files });
  const named = (pattern: RegExp): ReadonlySet<string> =>
    new Set([...stdout.matchAll(pattern)].map(([, name = ""]) => name));
  return {
    withoutSection: named(/^\* (\S+) from \S+$/gm),
    withoutSysctl: named(/^No implementation for ([a-z][\w.-]+)$/gm),
  };
}

function hasSection(page: string, name: string): boolean {
  return new RegExp(`^${name}(?:[, :(].*)?\\n[=-]+$`, "m").test(page);
}

/** The last changed line that speaks of a sysctl, in C or on its page. */
function sightingOf(what: string, name: string, { patches }: ReviewContext): SightingIn[] {
  const speaks = new RegExp(`(?<![\\w.-])${name}(?![\\w-])`);
  const places = patches.flatMap((mail: ReviewedPatch) =>
    mail.parsed.files
      .flatMap(({ hunks }) => hunks.flat())
      .filter(({ kind, text }) => kind !== " " && speaks.test(text))
      .map(({ line }) => ({ mail, line })),
  );
  const place = places.at(-1);
  return place === undefined ? [] : [{ ...place, what }];
}
