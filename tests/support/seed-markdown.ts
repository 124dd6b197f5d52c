import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openDocFile } from "../../checks/doc/doc-file.ts";
import type { DocContext } from "../../checks/doc/doc-rule.ts";
import { lintFile } from "../../checks/doc/lint-file.ts";
import { rulesFor } from "../../checks/doc/profiles.ts";
import { findSections } from "../../checks/doc/sections.ts";
import { readBeside } from "../../tools/cli/lint/document-tree.ts";
import { findScripts } from "../../tools/cli/lint/lint-tree.ts";
import { type Lint, SEEDED_VALUES } from "./lint-recall.ts";
import { listFiles, ROOT } from "./markdown.ts";
import { CLAIM_SEEDERS } from "./seed-claims.ts";
import { atEnd, atMatch, inProse, SEEDERS, type Seeder } from "./seed-faults.ts";

/** Seeders of other documents that serve for Markdown as well. */
const SHARED =
  "abi-promise claim-needs-number commit-reference hardware-fact number-needs-provenance " +
  "overclaim repeated-word tabs-in-prose typography version-language";
const ALL = { ...SEEDERS, ...CLAIM_SEEDERS };

/** A heading behind the last one that leaves out a level. */
const leftOut: Seeder = (source, path, random) => {
  const file = openDocFile({ path, treePath: undefined, source, isChanged: true });
  const depth = findSections(file).at(-1)?.depth ?? 6;
  return depth > 4 ? undefined : atEnd(`${"#".repeat(depth + 2)} Deep\n`, 0)(source, path, random);
};

/** A list behind all others whose items begin with another character. */
const otherMarker: Seeder = (source, path, random) =>
  /^- \S/m.test(source) ? atEnd("Text.\n\n* a\n", 7)(source, path, random) : undefined;

/** For each rule for Markdown the way to put its faults into a document. */
export const MARKDOWN_SEEDERS: Readonly<Record<string, Seeder>> = {
  ...Object.fromEntries(Object.entries(ALL).filter(([id]) => SHARED.split(" ").includes(id))),
  "broken-link": inProse("[WORD](no-such-file.md)", 0),
  "code-sample": atEnd("```c\nif (a) {\n\tb(1;\n}\n```\n", 0),
  "fence-language": atMatch(/^```(?:sh|ts|c|text|json|yaml)$/gm, () => ["```", 0]),
  "heading-order": leftOut,
  "list-marker": otherMarker,
  "lore-link": inProse("[WORD](https://lkml.org/lkml/2020/1/1/1)", 0),
  "sample-compiles": atEnd("<!-- doclint-compile: nothing -->\n", 0),
  "series-value": inProse("`SEEDED_LIMIT` is 256, WORD", 18),
  "trailing-whitespace": atMatch(/(?<=\S)\n/g, () => [" \n", 0]),
  "unknown-command": atEnd("```sh\nnpm run no-such\n```\n", 6),
};

/** Our own Markdown: path from the top of the repository, and text. */
export function readOwnMarkdown(): [string, string][] {
  const paths = listFiles(/\.md$/).filter((path) => !path.includes("fixtures/"));
  return paths.map((path) => [path, readFileSync(join(ROOT, path), "utf8")]);
}

/** Lints a text as if it were a page of the repository, new. */
export const lintOwnMarkdown: Lint = (path, source) => {
  const file = openDocFile({ path, treePath: undefined, source, isChanged: true });
  const context: DocContext = {
    index: undefined,
    values: SEEDED_VALUES,
    scripts: findScripts(join(ROOT, path)) ?? new Set(),
    pathExists: () => false,
    readTreeFile: () => undefined,
    readBeside: readBeside(join(ROOT, path)),
  };
  return lintFile(file, rulesFor("md", undefined), context).map(({ diagnostic }) => {
    const { id, place } = diagnostic;
    return `${place?.line}:${place?.column} ${id}`;
  });
};
