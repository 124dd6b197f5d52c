import { expect, test } from "vitest";
import { findDefinedValues } from "./defined-values.ts";

function valuesOf(files: Readonly<Record<string, string>>): Record<string, string> {
  const changes = Object.entries(files).map(([path, after]) => ({ path, after }));
  const found = findDefinedValues(changes);
  return Object.fromEntries(
    [...found].map(([name, { text, number, line }]) => [name, `${number ?? text} @${line}`]),
  );
}

test("macros, enumerators and variables of a file have values", () => {
  const text =
    "/* #define GONE 1 */\n#define X_ORDER 9\n#define X_PAGES \\\n\t(1UL << X_ORDER)\n" +
    "enum x {\n\tX_A,\n\tX_B = 5, /* 7 */\n\tX_C\n};\n" +
    "static unsigned int x_limit __read_mostly = 4 * X_PAGES;\n#define X_CALL(a) (a)\n";
  expect(valuesOf({ "mm/x.c": text })).toEqual({
    X_ORDER: "9 @2",
    X_PAGES: "512 @3",
    X_A: "0 @6",
    X_B: "5 @7",
    X_C: "6 @8",
    x_limit: "2048 @10",
  });
});

test("what two files define in different ways has no value", () => {
  const files = { "a.h": "#define X_ONE 1\n#define X_TWO 2\n", "b.h": "#define X_ONE 2\n" };
  expect(valuesOf(files)).toEqual({ X_TWO: "2 @2" });
  expect(valuesOf({ "a.h": "#define X_ONE X_ONE\n" })).toEqual({ X_ONE: "X_ONE @1" });
});

test("symbols of Kconfig have the defaults that depend on nothing", () => {
  const text =
    'config ONE\n\tbool "one"\n\thelp\n\t  default y\n\nconfig TWO\n\tint "two"\n\tdefault 8\n' +
    'config THREE\n\tbool "three"\n\tdefault y if ONE\nconfig FOUR\n\ttristate "four"\n\tdefault m\n';
  expect(valuesOf({ "mm/Kconfig": text })).toEqual({
    CONFIG_ONE: "n @1",
    CONFIG_TWO: "8 @6",
    CONFIG_FOUR: "m @12",
  });
});

test("a file that is removed, or is no source, defines nothing", () => {
  expect(findDefinedValues([{ path: "a.h", before: "#define X_ONE 1\n" }]).size).toBe(0);
  expect(valuesOf({ "a.rst": "#define X_ONE 1\n" })).toEqual({});
});
