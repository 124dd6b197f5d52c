import { expect, test } from "vitest";
import { openDocFile } from "./doc-file.ts";
import type { DocContext } from "./doc-rule.ts";
import { applyEdits, lintFile } from "./lint-file.ts";
import { rulesFor } from "./profiles.ts";

const NO_TREE: DocContext = {
  index: undefined,
  pathExists: () => false,
  readTreeFile: () => undefined,
  readBeside: () => undefined,
};

function lint(source: string, path = "a.rst"): string[] {
  const isChanged = path.endsWith(".md");
  const file = openDocFile({ path, treePath: undefined, source, isChanged });
  return lintFile(file, rulesFor(file.kind, undefined), NO_TREE).map(
    ({ diagnostic: { id, place } }) => {
      return `${place?.line}:${place?.column} ${id}`;
    },
  );
}

test("findings are sorted by their place", () => {
  expect(lint("of the the page \n\nTitle\n====\n")).toEqual([
    "1:8 repeated-word",
    "1:16 trailing-whitespace",
    "4:1 title-underline",
  ]);
});

test("a suppression with a reason hides what the next line has", () => {
  const mark = ".. doclint-disable-next-line repeated-word -- a quotation\n\n";
  expect(lint(`${mark}of the the page\n`)).toEqual([]);
  expect(lint(`${mark}of the the page\n\nof the the page\n`)).toEqual(["5:8 repeated-word"]);
});

test("a suppression without a reason hides nothing and is found itself", () => {
  const source = ".. doclint-disable-next-line repeated-word\n\nof the the page\n";
  expect(lint(source)).toEqual(["1:1 suppression", "3:8 repeated-word"]);
});

test("a suppression of nothing is found", () => {
  const source = ".. doclint-disable-next-line repeated-word -- it was there\n\nof the page\n";
  expect(lint(source)).toEqual(["1:1 suppression"]);
});

test("a suppression of a rule that did not run is left alone", () => {
  const source = ".. doclint-disable-next-line undefined-label -- made by a build\n\n:ref:`x`\n";
  expect(lint(source)).toEqual([]);
});

test("Markdown has the same rules and suppressions", () => {
  const mark = "<!-- doclint-disable-next-line repeated-word -- a quotation -->\n\n";
  expect(lint(`${mark}of the the page\n\n\`the\` the the page and\tmore\n`, "a.md")).toEqual([
    "5:11 repeated-word",
    "5:23 tabs-in-prose",
  ]);
});

test("edits of findings mend the source", () => {
  const source = "the “page” \n\nTitle\n====\n\none\ttwo";
  const file = openDocFile({ path: "a.rst", treePath: undefined, source, isChanged: true });
  const edits = lintFile(file, rulesFor("rst", undefined), NO_TREE).flatMap(
    ({ edit }) => edit ?? [],
  );
  expect(applyEdits(source, edits)).toBe('the "page"\n\nTitle\n=====\n\none two\n');
});
