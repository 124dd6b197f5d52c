import { expect, test } from "vitest";
import { readWarnings } from "./run-htmldocs.ts";

test("warnings are read with path and line, each once, whoever says them", () => {
  const log = [
    "WARNING: dot(1) not found, for better output quality install graphviz",
    "/w/tree/Documentation/mm/a.rst:4: WARNING: Title underline too short.",
    "/w/tree/Documentation/mm/a.rst:4: WARNING: Title underline too short.",
    "/w/tree/Documentation/mm/a.rst: WARNING: document isn't included in any toctree",
    "/w/tree/mm/a.c:12: warning: Function parameter 'b' not described in 'c'",
    "reading sources... [ 2%] active_mm",
  ];
  const found = readWarnings(log.join("\n"), "/w/tree");
  expect(found.map(({ path, line, severity }) => [path, line, severity])).toEqual([
    ["Documentation/mm/a.rst", 4, "warning"],
    ["Documentation/mm/a.rst", 0, "warning"],
    ["mm/a.c", 12, "warning"],
  ]);
});
