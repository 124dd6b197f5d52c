import { beforeAll, describe, expect, test } from "vitest";
import { openDocFile } from "../../../checks/doc/doc-file.ts";
import type { DocContext } from "../../../checks/doc/doc-rule.ts";
import { loadTreeIndex } from "../../../checks/doc/index/load-tree-index.ts";
import { lintFile } from "../../../checks/doc/lint-file.ts";
import { rulesFor } from "../../../checks/doc/profiles.ts";
import { obtainBase, readKernelDocs } from "../../../tests/support/kernel-docs.ts";
import { GOLD } from "../../../tests/support/lint-gold.ts";
import { ALL_SEEDERS, measureRecall, SEEDED_VALUES } from "../../../tests/support/lint-recall.ts";
import { openTreeFiles } from "./document-tree.ts";

let docs: [string, string][] = [];
let context: DocContext;

beforeAll(async () => {
  const { dir } = await obtainBase();
  const { signal } = new AbortController();
  docs = await readKernelDocs("Documentation/mm");
  const index = await loadTreeIndex({ dir, env: process.env, signal, onProgress: () => {} });
  context = { index, values: SEEDED_VALUES, ...openTreeFiles(dir), readBeside: () => undefined };
});

/** The findings in a document that is new, or has been there, as `line:column rule`. */
function lint(path: string, source: string, isChanged: boolean): string[] {
  const file = openDocFile({ path, treePath: path, source, isChanged });
  const rules = rulesFor("rst", isChanged ? "rfc" : undefined);
  return lintFile(file, rules, context).map(({ diagnostic: { id, place } }) => {
    return `${place?.line}:${place?.column} ${id}`;
  });
}

const lintNew = (path: string, source: string): string[] => lint(path, source, true);

test("the findings in Documentation/mm are those that somebody looked into", () => {
  const findings = docs.flatMap(([path, source]) => {
    const name = path.replace("Documentation/mm/", "");
    return lint(path, source, false).map((finding) => `${name}:${finding}`);
  });
  expect(findings.sort()).toEqual(GOLD.map(([finding]) => finding).sort());
});

test("at least 90 of 100 findings are true", () => {
  const isTrue = GOLD.filter(([, label]) => label === "true");
  expect(isTrue.length / GOLD.length).toBeGreaterThanOrEqual(0.9);
});

const FAULTS = 20;
const RECALL = 0.95;

describe.each(Object.entries(ALL_SEEDERS))("%s", (id, seeder) => {
  test("finds what is put into copies of the documents, at its line and column", () => {
    const recall = measureRecall(id, seeder, { docs, lint: lintNew, faults: FAULTS });
    expect(recall.seeded).toBe(FAULTS);
    const share = recall.missed.length / recall.seeded;
    expect(share, recall.missed.join(", ")).toBeLessThanOrEqual(1 - RECALL);
  });
});

test("every rule for reStructuredText has a way to put its faults in", () => {
  const rules = rulesFor("rst", "rfc").map((rule) => rule.id);
  expect(Object.keys(ALL_SEEDERS).sort()).toEqual(rules.sort());
});
