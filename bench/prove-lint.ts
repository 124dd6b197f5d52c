import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openDocFile } from "../checks/doc/doc-file.ts";
import type { DocContext } from "../checks/doc/doc-rule.ts";
import { loadTreeIndex } from "../checks/doc/index/load-tree-index.ts";
import { lintFile } from "../checks/doc/lint-file.ts";
import { rulesFor } from "../checks/doc/profiles.ts";
import { parseRst } from "../checks/doc/rst/parser.ts";
import { firstDifference } from "../tests/support/compare-rst.ts";
import { askDocutils } from "../tests/support/docutils-oracle.ts";
import { compareInline } from "../tests/support/inline-sources.ts";
import { obtainBase, readKernelDocs } from "../tests/support/kernel-docs.ts";
import { GOLD } from "../tests/support/lint-gold.ts";
import {
  ALL_SEEDERS,
  measureRecall,
  type RecallRequest,
  SEEDED_VALUES,
} from "../tests/support/lint-recall.ts";
import { mutate } from "../tests/support/rst-mutants.ts";
import type { Seeder } from "../tests/support/seed-faults.ts";
import {
  lintOwnMarkdown,
  MARKDOWN_SEEDERS,
  readOwnMarkdown,
} from "../tests/support/seed-markdown.ts";
import { openTreeFiles } from "../tools/cli/lint/document-tree.ts";

/** Compares the parser with docutils, and the rules with faults that were put in. */
const PAGE = resolve(import.meta.dirname, "../docs/reference/lint-proof.md");
const MUTANTS = 10_000;
const FAULTS = 20;
const log = (line: string): void => console.error(line);

interface Agreement {
  readonly name: string;
  readonly texts: number;
  readonly same: number;
  readonly inline: number;
  readonly inlineSame: number;
}

async function agree(name: string, texts: readonly string[]): Promise<Agreement> {
  log(`${name}: ${texts.length} texts`);
  const answers = await askDocutils(texts);
  let [compared, same, inline, inlineSame] = [0, 0, 0, 0];
  for (const [at, text] of texts.entries()) {
    const answer = answers[at] ?? { error: "no answer" };
    // docutils itself fails on a few damaged texts: there is nothing to compare with.
    if ("error" in answer) continue;
    compared++;
    if (firstDifference(text, answer) === undefined) same++;
    const found = compareInline(parseRst(text), text, answer);
    inline += found.compared;
    inlineSame += found.compared - found.different;
  }
  return { name, texts: compared, same, inline, inlineSame };
}

/** The reStructuredText of a Debian package that is not installed. */
function packageTexts(name: string, isText: RegExp): string[] {
  const dir = mkdtempSync(join(tmpdir(), "rfckit-proof-"));
  try {
    const quiet = { cwd: dir, stdio: "ignore" } as const;
    execFileSync("apt-get", ["download", name], quiet);
    for (const deb of readdirSync(dir)) execFileSync("dpkg-deb", ["-x", deb, "root"], quiet);
    const root = join(dir, "root");
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => {
      return isText.test(path);
    });
    // Both packages have a second way to some of their texts.
    const texts = files.sort().map((path) => readFileSync(join(root, path), "utf8"));
    return [...new Set(texts)];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function measureRules(): Promise<string[]> {
  const { dir } = await obtainBase();
  const { signal } = new AbortController();
  const docs = await readKernelDocs("Documentation/mm");
  const index = await loadTreeIndex({ dir, env: process.env, signal, onProgress: log });
  const files = openTreeFiles(dir);
  const readBeside = () => undefined;
  const context: DocContext = { index, values: SEEDED_VALUES, ...files, readBeside };
  const lint = (path: string, source: string): string[] => {
    const file = openDocFile({ path, treePath: path, source, isChanged: true });
    return lintFile(file, rulesFor("rst", "rfc"), context).map(({ diagnostic: { id, place } }) => {
      return `${place?.line}:${place?.column} ${id}`;
    });
  };
  return recallRows(ALL_SEEDERS, { docs, lint, faults: FAULTS });
}

function measureMarkdownRules(): string[] {
  const request = { docs: readOwnMarkdown(), lint: lintOwnMarkdown, faults: FAULTS };
  return recallRows(MARKDOWN_SEEDERS, request);
}

function recallRows(seeders: Readonly<Record<string, Seeder>>, request: RecallRequest): string[] {
  const sorted = Object.entries(seeders).sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([id, seeder]) => {
    const { seeded, missed } = measureRecall(id, seeder, request);
    return `| ${id} | ${seeded} | ${seeded - missed.length} |`;
  });
}

const share = (part: number, all: number): string =>
  all === 0 ? "-" : `${((100 * part) / all).toFixed(2)} %`;

async function main(): Promise<void> {
  const all = await readKernelDocs("Documentation");
  const mm = all.filter(([path]) => path.startsWith("Documentation/mm/"));
  const textsOf = (docs: typeof all): string[] => docs.map(([, text]) => text);
  const mutants = Array.from({ length: MUTANTS }, (_, seed) => mutate(textsOf(all), seed));
  const rows = [
    await agree("Documentation/mm", textsOf(mm)),
    await agree("Documentation", textsOf(all)),
    await agree(`${MUTANTS} damaged pieces of it`, mutants),
    await agree("Debian's docutils-doc", packageTexts("docutils-doc", /docs\/.*\.txt$/)),
    await agree("Debian's sphinx-doc", packageTexts("sphinx-doc", /_sources\/.*\.rst\.txt$/)),
  ];
  const table = rows.map(({ name, texts, same, inline, inlineSame }) => {
    const blocks = `${same} (${share(same, texts)})`;
    return `| ${name} | ${texts} | ${blocks} | ${inline} | ${share(inlineSame, inline)} |`;
  });
  const right = GOLD.filter(([, label]) => label === "true").length;
  const page = `# How right the documentation linter is

Made by \`npm run prove:lint\`: don't edit.

## The parser against docutils

A text is the same when the sequence of nodes, with depth, type, name and text, is that of docutils
0.19, given the same table of directives. An inline node is the same when its kind and the source
between its start and its end are. Nothing was tuned on the texts of the two packages.

| texts | compared | same | inline nodes | same |
| --- | --- | --- | --- | --- |
${table.join("\n")}

## The rules against faults that were put in

Each fault goes into a copy of a document of Documentation/mm, one at a time, and counts as found
when the rule names its line and column.

| rule | put in | found |
| --- | --- | --- |
${(await measureRules()).join("\n")}

The same for Markdown, in copies of the pages of this repository:

| rule | put in | found |
| --- | --- | --- |
${measureMarkdownRules().join("\n")}

## What the default profile finds in Documentation/mm

${GOLD.length} findings, ${right} of them true (${share(right, GOLD.length)}).
Somebody looked each up in the tree; \`tests/support/lint-gold.ts\` has every one with its reason.
`;
  writeFileSync(PAGE, page);
  log(page);
}

await main();
