import { beforeAll, describe, expect, test } from "vitest";
import { openDocFile } from "../../../checks/doc/doc-file.ts";
import type { DocContext } from "../../../checks/doc/doc-rule.ts";
import { lintFile } from "../../../checks/doc/lint-file.ts";
import { loadTreeIndex } from "../../../checks/doc/load-tree-index.ts";
import { DOC_RULES } from "../../../checks/doc/rule-registry.ts";
import { obtainBase, readKernelDocs } from "../../../tests/support/kernel-docs.ts";
import { randomFrom } from "../../../tests/support/rst-mutants.ts";
import { SEEDERS } from "../../../tests/support/seed-faults.ts";
import { openTreeFiles } from "./document-tree.ts";

let docs: [string, string][] = [];
let context: DocContext;

beforeAll(async () => {
  const { dir } = await obtainBase();
  const { signal } = new AbortController();
  docs = await readKernelDocs("Documentation/mm");
  const index = await loadTreeIndex({ dir, env: process.env, signal, onProgress: () => {} });
  context = { index, ...openTreeFiles(dir), readBeside: () => undefined };
});

function lint(path: string, source: string, isChanged: boolean): string[] {
  const file = openDocFile({ path, treePath: path, source, isChanged });
  return lintFile(file, DOC_RULES, context).map(({ diagnostic: { id, place } }) => {
    return `${path.replace("Documentation/mm/", "")}:${place?.line}:${place?.column} ${id}`;
  });
}

/** Every finding in the 46 documents as they are, and why it is true. */
const FOUND: readonly (readonly [string, string])[] = [
  ["allocation-profiling.rst:12:1 missing-blank-line", "the options are one paragraph"],
  ["allocation-profiling.rst:77:1 missing-blank-line", "the steps are one paragraph"],
  ["allocation-profiling.rst:93:1 missing-blank-line", "the steps are one paragraph"],
  ["ksm.rst:81:4 kernel-doc-reference", "struct mm_slot is ksm_mm_slot now"],
  ["ksm.rst:81:4 kernel-doc-reference", "struct stable_node is ksm_stable_node now"],
  ["ksm.rst:81:4 kernel-doc-reference", "struct rmap_item is ksm_rmap_item now"],
  ["page_cache.rst:15:11 trailing-whitespace", "a space ends the line"],
  ["physical_memory.rst:16:56 typography", "an opening typographic quote"],
  ["physical_memory.rst:16:65 typography", "a closing typographic quote"],
  ["slub.rst:352:4 missing-blank-line", "the three files are one paragraph"],
  ["split_page_table_lock.rst:37:1 undefined-config", "no Kconfig file has the symbol any more"],
  ["unevictable-lru.rst:402:1 repeated-word", "'the' ends a line and starts the next"],
  ["vmemmap_dedup.rst:204:1 repeated-word", "'the' ends a line and starts the next"],
];

test("the findings in Documentation/mm are those that somebody looked into", () => {
  const findings = docs.flatMap(([path, source]) => lint(path, source, false));
  expect(findings.sort()).toEqual(FOUND.map(([finding]) => finding).sort());
});

const FAULTS = 20;
const RECALL = 0.95;

describe.each(Object.entries(SEEDERS))("%s", (id, seed) => {
  test("finds what is put into copies of the documents, at its line and column", () => {
    const missed: string[] = [];
    let seeded = 0;
    for (let number = 0; seeded < FAULTS && number < 40 * FAULTS; number++) {
      const random = randomFrom(number);
      const [path, source] = docs[random(docs.length)] ?? ["", ""];
      const fault = seed(source, path, random);
      if (fault === undefined) continue;
      seeded++;
      const at = `${path.replace("Documentation/mm/", "")}:${fault.line}:`;
      const place = id === "line-length" ? at : `${at}${fault.column} ${id}`;
      const found = lint(path, fault.source, true);
      if (!found.some((it) => it.startsWith(place) && it.endsWith(id)))
        missed.push(`${number} ${at}`);
    }
    expect(seeded).toBe(FAULTS);
    expect(missed.length / seeded, missed.join(", ")).toBeLessThanOrEqual(1 - RECALL);
  });
});

test("every rule for reStructuredText has a way to put its faults in", () => {
  const rules = DOC_RULES.filter((rule) => rule.kinds.includes("rst")).map((rule) => rule.id);
  expect(Object.keys(SEEDERS).sort()).toEqual(rules.sort());
});
