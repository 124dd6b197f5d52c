import { describe, expect, test } from "vitest";
import { rulesFor } from "../../../checks/doc/profiles.ts";
import { measureRecall } from "../../../tests/support/lint-recall.ts";
import {
  lintOwnMarkdown,
  MARKDOWN_SEEDERS,
  readOwnMarkdown,
} from "../../../tests/support/seed-markdown.ts";

const FAULTS = 20;
const RECALL = 0.95;
const DOCS = readOwnMarkdown();

test("our own pages have no findings", () => {
  const found = DOCS.flatMap(([path, text]) => {
    return lintOwnMarkdown(path, text).map((finding) => `${path}:${finding}`);
  });
  expect(found).toEqual([]);
});

test("every rule for Markdown has a way to put its faults in", () => {
  const rules = rulesFor("md", undefined).map((rule) => rule.id);
  expect(Object.keys(MARKDOWN_SEEDERS).sort()).toEqual(rules.sort());
});

describe.each(Object.entries(MARKDOWN_SEEDERS))("%s", (id, seeder) => {
  test("finds what is put into copies of the pages, at its line and column", () => {
    const recall = measureRecall(id, seeder, { docs: DOCS, lint: lintOwnMarkdown, faults: FAULTS });
    expect(recall.seeded).toBe(FAULTS);
    const share = recall.missed.length / recall.seeded;
    expect(share, recall.missed.join(", ")).toBeLessThanOrEqual(1 - RECALL);
  });
});
