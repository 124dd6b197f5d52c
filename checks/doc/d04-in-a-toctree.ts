import { posix } from "node:path";
import { addedLines, type ChangedFile } from "../../tools/lib/patch/parse-files.ts";
import type { ReviewContext } from "../context.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

const DOCUMENT = /^Documentation\/.*\.rst$/;
const ROLE = /:(doc|ref):`(?:[^`<]*<)?([^`>]+)>?`/g;

/** A new document is in a toctree, and what it refers to is there. */
export const d04InAToctree = defineTextRule({
  id: "d04-in-a-toctree",
  title: "a new document is in a toctree, and labels and documents that it names exist",
  why: "a page that no toctree names is reached by nobody, and Sphinx warns of it",
  source: "Documentation/doc-guide/sphinx.rst",
  fix: "add its name to the toctree of index.rst beside it, and mend the reference",
  bad: "a new Documentation/mm/hbf.rst that no index names",
  good: "   hbf (in Documentation/mm/index.rst)",
  cost: "seconds",
  async inSeries({ patches, effects, baseCommit }) {
    const tip = patches.at(-1)?.commit ?? baseCommit;
    const found: SightingIn[] = [];
    for (const mail of patches) {
      const documents = mail.parsed.files.filter(({ path }) => DOCUMENT.test(path));
      for (const file of documents) {
        if (file.status === "added" && !(await isListed(effects, tip, file.path))) {
          found.push({ mail, line: file.line, what: `no toctree has '${file.path}'` });
        }
        for (const { line, kind, target } of rolesOf(file)) {
          if (await exists(effects, tip, { kind, target, folder: posix.dirname(file.path) }))
            continue;
          found.push({ mail, line, what: `:${kind}: names '${target}', which is not there` });
        }
      }
    }
    return found;
  },
});

/** Whether a line of a document in the same folder, or for an index in the one above, names it. */
async function isListed(
  effects: ReviewContext["effects"],
  tip: string,
  path: string,
): Promise<boolean> {
  if (/^:orphan:/m.test((await effects.textAt(tip, path)) ?? "")) return true;
  const folder = posix.dirname(path);
  const name = posix.basename(path, ".rst");
  const isIndex = name === "index";
  const own = isIndex ? `${posix.basename(folder)}/index` : name;
  const above = isIndex ? posix.dirname(folder) : folder;
  const pattern = `^[[:space:]]+(.*/)?${own}(\\.rst)?$`;
  return (await effects.searchAt(tip, pattern, [`${above}/*.rst`])).length > 0;
}

function rolesOf(file: ChangedFile) {
  return addedLines(file).flatMap(({ text, line }) =>
    [...text.matchAll(ROLE)].map(([, kind = "", target = ""]) => ({ line, kind, target })),
  );
}

async function exists(
  effects: ReviewContext["effects"],
  tip: string,
  { kind, target, folder }: { kind: string; target: string; folder: string },
): Promise<boolean> {
  if (kind === "doc") {
    const path = target.startsWith("/") ? `Documentation${target}` : posix.join(folder, target);
    return (await effects.textAt(tip, `${path.replace(/\.rst$/, "")}.rst`)) !== undefined;
  }
  const label = target.toLowerCase().replaceAll(/[.*+?^$(){}|[\]\\]/g, "\\$&");
  const pattern = `^[[:space:]]*\\.\\. _\`?${label}\`?:`;
  return (await effects.searchAt(tip, pattern, ["Documentation/*.rst"])).length > 0;
}
