import { expect, test } from "vitest";
import { entriesOf, matchesPattern, parseMaintainers } from "./maintainers-file.ts";

const TEXT = `List of maintainers
===================

	M: *Mail* patches to: FullName <address@domain>

Maintainers List
----------------

HBF HINTS
M:	A <a@example.org>
S:	Maintained
F:	include/uapi/linux/hbf.h
F:	mm/hbf*
X:	mm/hbf_old.c

MEMORY MANAGEMENT
L:	linux-mm@kvack.org
F:	mm/
N:	[^a-z]numa

THE REST
F:	*
F:	*/
`;

const titlesOf = (path: string): string[] =>
  entriesOf(path, parseMaintainers(TEXT)).map(({ title }) => title);

test("entries have their title, fields and lines", () => {
  const [first, ...rest] = parseMaintainers(TEXT);
  expect(first).toMatchObject({ title: "HBF HINTS", line: 9 });
  expect(first?.fields.at(-1)).toMatchObject({ letter: "X", value: "mm/hbf_old.c", line: 14 });
  expect(rest.map(({ title }) => title)).toEqual(["MEMORY MANAGEMENT", "THE REST"]);
});

test.each([
  ["mm/hbf.c", ["HBF HINTS", "MEMORY MANAGEMENT", "THE REST"]],
  ["mm/hbf_old.c", ["MEMORY MANAGEMENT", "THE REST"]],
  ["mm/kasan/hbf.c", ["MEMORY MANAGEMENT", "THE REST"]],
  ["kernel/sched/numa.c", ["MEMORY MANAGEMENT", "THE REST"]],
  ["Makefile", ["THE REST"]],
])("'%s' belongs to %j", (path, titles) => {
  expect(titlesOf(path)).toEqual(titles);
});

test.each([
  ["drivers/cxl/core/hdm.c", "drivers/cxl/", true],
  ["drivers/cxl/core/hdm.c", "drivers/cxl", true],
  ["drivers/cxl/core/hdm.c", "drivers/cxl/*", false],
  ["mm/hbf.c", "mm/hbf.?", true],
  ["mm/hbfxc", "mm/hbf.c", false],
])("'%s' matches '%s': %s", (path, pattern, matches) => {
  expect(matchesPattern(path, pattern)).toBe(matches);
});
