import { expect, test } from "vitest";
import { readPageRows, renderTable } from "./page-rows.ts";

const ROWS = [
  ["v1", "", "`a || b`"],
  ["v2", "one | two", ""],
];

function pageOf(part: string, table: string): string {
  return `# Page\n\n## Title\n\n\`npm run evidence -- ${part}\`\n\n${table}\n\n## Next\n`;
}

test("the rows of a part are read from the page as they were written", () => {
  const page = pageOf("part", renderTable(["stage", "empty", "code"], ROWS));
  expect(readPageRows(page, "part")).toEqual(ROWS);
});

test("a part that is not on the page has no rows", () => {
  expect(readPageRows(pageOf("part", renderTable(["a"], [["b"]])), "other")).toEqual([]);
  expect(readPageRows("", "part")).toEqual([]);
});
