import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSplitPlan } from "../config/load-split-plan.ts";
import { rangesOf } from "./describe-parts.ts";
import { findDefinitions } from "./find-definition.ts";
import { matchGlob } from "./match-glob.ts";
import { matchPattern } from "./match-pattern.ts";
import { renderPlan } from "./render-plan.ts";

test.each([
  ["**", "a/b", true],
  ["mm/**", "mm/a/b.c", true],
  ["mm/", "mm/a/b.c", true],
  ["mm/*", "mm/a/b.c", false],
  ["mm/**/*.c", "mm/b.c", true],
  ["mm/**/*.c", "mm/x/y/b.c", true],
  ["**/Kconfig", "Kconfig", true],
  ["*.c", "mm/b.c", false],
  ["m?/b.c", "mm/b.c", true],
  ["mm", "mm/b.c", false],
  ["a[b].c", "ab.c", false],
  ["a[b].c", "a[b].c", true],
])("glob '%s' and path '%s': %s", (glob, path, matches) => {
  expect(matchGlob(glob, path)).toBe(matches);
});

test("a glob of many stars ends soon", () => {
  expect(matchGlob(`${"*a".repeat(200)}b`, "a".repeat(5_000))).toBe(false);
});

test("patterns match lines, and a broken one is told in words", () => {
  expect(matchPattern("^in[dt]", ["int", "unit", "ind"])).toEqual([0, 2]);
  expect(() => matchPattern("[", [])).toThrow(/unterminated character class/);
});

const C = `#define ONE(x) \\
	(x)
struct two;
struct two {
	int a;
};

// three
// adds
static inline int
three(int a)
{
	return four(a);
}
int five(int);
static const int six[] = {
	1,
};
/* seven */
int seven = 7;
`
  .trimEnd()
  .split("\n");

test.each([
  ["ONE", [[0, 1]]],
  ["two", [[3, 6]]],
  ["three", [[7, 13]]],
  ["four", []],
  ["five", []],
  ["six", [[15, 17]]],
  ["seven", [[18, 19]]],
])("the definition of '%s' is found with its comment", (symbol, spans) => {
  expect(findDefinitions(C, symbol).map(({ first, last }) => [first, last])).toEqual(spans);
});

test("numbers become ranges", () => {
  expect(rangesOf([3, 1, 2, 7, 9, 10])).toBe("1-3, 7, 9-10");
});

test("any draft is a plan that says the same", () => {
  const words = fc
    .string({ unit: "binary", minLength: 1, maxLength: 40 })
    .filter((it) => it.trim() !== "" && !it.includes("\0"));
  fc.assert(
    fc.property(words, words, (message, why) => {
      const text = renderPlan([
        { message, why, take: [{ hunk: "0123456789ab", lines: "1-2", why }] },
      ]);
      const [commit] = parseSplitPlan(text, "f").value.commits;
      expect(commit?.message.replace(/\n+$/, "")).toBe(message.replace(/\n+$/, ""));
      expect(commit?.take).toEqual([{ hunk: "0123456789ab", lines: [{ first: 1, last: 2 }] }]);
    }),
    { numRuns: 300 },
  );
});
