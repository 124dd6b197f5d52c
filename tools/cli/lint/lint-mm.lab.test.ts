import { beforeAll, describe, expect, test } from "vitest";
import { openDocFile } from "../../../checks/doc/doc-file.ts";
import type { DocContext } from "../../../checks/doc/doc-rule.ts";
import { loadTreeIndex } from "../../../checks/doc/index/load-tree-index.ts";
import { lintFile } from "../../../checks/doc/lint-file.ts";
import { rulesFor } from "../../../checks/doc/profiles.ts";
import { obtainBase, readKernelDocs } from "../../../tests/support/kernel-docs.ts";
import { GOLD } from "../../../tests/support/lint-gold.ts";
import { randomFrom } from "../../../tests/support/rst-mutants.ts";
import { CLAIM_SEEDERS } from "../../../tests/support/seed-claims.ts";
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
  return lintFile(file, rulesFor("rst", isChanged ? "rfc" : undefined), context).map(
    ({ diagnostic: { id, place } }) => {
      return `${path.replace("Documentation/mm/", "")}:${place?.line}:${place?.column} ${id}`;
    },
  );
}

test("the findings in Documentation/mm are those that somebody looked into", () => {
  const findings = docs.flatMap(([path, source]) => lint(path, source, false));
  expect(findings.sort()).toEqual(GOLD.map(([finding]) => finding).sort());
});

test("at least 90 of 100 findings are true", () => {
  const isTrue = GOLD.filter(([, label]) => label === "true");
  expect(isTrue.length / GOLD.length).toBeGreaterThanOrEqual(0.9);
});

const FAULTS = 20;
const RECALL = 0.95;

const ALL_SEEDERS = { ...SEEDERS, ...CLAIM_SEEDERS };

describe.each(Object.entries(ALL_SEEDERS))("%s", (id, seed) => {
  test("finds what is put into copies of the documents, at its line and column", () => {
    const missed: string[] = [];
    let seeded = 0;
    for (let number = 0; seeded < FAULTS && number < 40 * FAULTS; number++) {
      const random = randomFrom(number);
      const [path, source] = docs[random(docs.length)] ?? ["", ""];
      const fault = seed(source, path, random);
      if (fault === undefined) continue;
      seeded++;
      const at = `${(fault.path ?? path).replace("Documentation/mm/", "")}:${fault.line}:`;
      const place = id === "line-length" ? at : `${at}${fault.column} ${id}`;
      const found = lint(fault.path ?? path, fault.source, true);
      if (!found.some((it) => it.startsWith(place) && it.endsWith(id)))
        missed.push(`${number} ${at}`);
    }
    expect(seeded).toBe(FAULTS);
    expect(missed.length / seeded, missed.join(", ")).toBeLessThanOrEqual(1 - RECALL);
  });
});

test("every rule for reStructuredText has a way to put its faults in", () => {
  const rules = rulesFor("rst", "rfc").map((rule) => rule.id);
  expect(Object.keys(ALL_SEEDERS).sort()).toEqual(rules.sort());
});
