import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DIRECTIVES } from "./specs.ts";

type Row = readonly [number, number, boolean, boolean, boolean];

/** What the classes of docutils, Sphinx and the kernel say; see sphinx_directives.py beside it. */
const FILE = join(import.meta.dirname, "../../../../tests/support/sphinx-directives.json");
const CLASSES = JSON.parse(readFileSync(FILE, "utf8")) as Readonly<Record<string, Row>>;
/** docutils' English name of sectnum, which the classes have under that name only. */
const OTHER_NAMES: readonly string[] = ["section-numbering"];

test("each directive takes the arguments, options and content that its class takes", () => {
  const ours = [...DIRECTIVES]
    .filter(([name]) => !OTHER_NAMES.includes(name))
    .map(([name, spec]) => {
      const { required, optional, lastTakesRest, options, content } = spec;
      return [name, [required, optional, lastTakesRest, options, content !== "none"]];
    });
  const theirs = ours.map(([name]) => [name, CLASSES[String(name)]]);
  expect(ours).toEqual(theirs);
});

test("every directive that a build knows is in the table", () => {
  const missing = Object.keys(CLASSES).filter((name) => !DIRECTIVES.has(name));
  expect(missing).toEqual(["restructuredtext-test-directive"]);
});
