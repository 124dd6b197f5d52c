import type { ToolMessage } from "../../tools/lib/build/tool-messages.ts";
import { newMessages } from "../../tools/lib/build/tool-messages.ts";
import type { ReviewContext } from "../context.ts";
import { lineOfSource } from "../static/changed-sources.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

/** A title that is longer than its underline. */
const CONTROL = ".. SPDX-License-Identifier: GPL-2.0\n\nA seeded defect\n=====\n\nWords.\n";
const CONTROL_NAME = "rfckit-control.rst";
const SEEDED = /Title underline too short/;

/**
 * A build of some folders does not know what the others have, so it can't judge references:
 * rfckit lint does, with an index of the whole tree.
 */
const ELSEWHERE = /undefined label|unknown document|nonexist(?:ing|ent) document/;

/** The documents become pages without a warning. */
export const d03HtmldocsClean = defineTextRule({
  id: "d03-htmldocs-clean",
  title: "make htmldocs says nothing new of the documents that the series changes",
  why: "a warning of Sphinx is a paragraph that readers see broken",
  source: "Documentation/process/submit-checklist.rst",
  fix: "mend what Sphinx names",
  bad: "A title\n====",
  good: "A title\n=======",
  cost: "minutes",
  facts: async ({ keys, patches }) => [
    await keys.systemFile("/usr/share/doc/python3-sphinx/changelog.Debian.gz"),
    CONTROL,
    ...patches.map(({ tree }) => tree),
  ],
  async settle(context) {
    const folders = changedFolders(context);
    if (folders.length === 0) return undefined;
    const seen = await warningsOfBase(context, folders);
    if (seen.some(({ path, text }) => path.endsWith(CONTROL_NAME) && SEEDED.test(text))) {
      return undefined;
    }
    const missing = "make htmldocs does not find a seeded defect";
    return { kind: "not-run", missing, howToGet: "sudo apt-get install -y python3-sphinx" };
  },
  async inSeries(context) {
    const folders = changedFolders(context);
    const tip = context.patches.at(-1);
    if (folders.length === 0 || tip === undefined) return [];
    const before = await warningsOfBase(context, folders);
    const after = await context.effects.htmldocs({ commit: tip.commit, folders });
    return newMessages(before, after)
      .filter(({ text }) => !ELSEWHERE.test(text))
      .map((message) => sightingOf(context, message, tip));
  },
});

/** With the seeded defect in each folder. */
async function warningsOfBase(
  { effects, baseCommit }: ReviewContext,
  folders: readonly string[],
): Promise<readonly ToolMessage[]> {
  const added = Object.fromEntries(
    folders.map((folder) => [`Documentation/${folder}/${CONTROL_NAME}`, CONTROL]),
  );
  return await effects.htmldocs({ commit: baseCommit, folders, added });
}

/** `mm` for `Documentation/mm/hbf.rst`: the first level is what has an index of its own. */
function changedFolders({ patches }: ReviewContext): string[] {
  const paths = patches.flatMap(({ parsed }) => parsed.files.map(({ path }) => path));
  const folders = paths.flatMap(
    (path) => /^Documentation\/([^/]+)\/.*\.rst$/.exec(path)?.[1] ?? [],
  );
  return [...new Set(folders)].toSorted();
}

function sightingOf(
  { patches }: ReviewContext,
  { path, line, text }: ToolMessage,
  tip: ReviewContext["patches"][number],
): SightingIn {
  const mail = patches.findLast(({ parsed }) => parsed.files.some((file) => file.path === path));
  const what = `${path}:${line}: ${text}`;
  if (mail === undefined) return { mail: tip, line: tip.parsed.rawSubject.line, what };
  return { mail, line: lineOfSource(mail, path, line), what };
}
