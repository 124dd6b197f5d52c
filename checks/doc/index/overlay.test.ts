import { expect, test } from "vitest";
import { withChanges } from "./overlay.ts";
import { hashNames, makeIndexData, toTreeIndex } from "./tree-index.ts";

const BASE = toTreeIndex(
  makeIndexData([["Documentation/mm/a.rst", ".. _old:\n\nA\n=\n"]], ["config OLD", "config KEPT"]),
  hashNames(["old_call", "kept_call"], ["old_type", "kept_type"]),
);

test("names that a series adds exist, those whose definition it removes do not", () => {
  const before =
    "int old_call(int a)\n{\n}\nstruct old_type {\n\tint x;\n};\nint kept_call(void)\n";
  const after = "int new_call(int a)\n{\n\tkept_call();\n}\nstruct new_type {\n\tint x;\n};\n";
  const { names } = withChanges(BASE, [{ path: "mm/a.c", before, after }]);
  const calls = ["old_call", "kept_call", "new_call"].map((name) => names.has(name));
  expect(calls).toEqual([false, true, true]);
  const types = ["old_type", "kept_type", "new_type"].map((name) => names.hasTag(name));
  expect(types).toEqual([false, true, true]);
});

test("symbols, labels, members and interfaces are those after the series", () => {
  const { configSymbols, labels, isInToctree, interfaces } = withChanges(BASE, [
    { path: "mm/Kconfig", before: "config OLD\n", after: "config NEW\n" },
    { path: "Documentation/mm/a.rst", before: "", after: ".. _new:\n\nA\n=\n" },
    { path: "Documentation/mm/index.rst", after: ".. toctree::\n\n   added\n" },
    { path: "Documentation/ABI/testing/x", after: "What: /sys/kernel/mm/x/y\n" },
  ]);
  expect([...configSymbols].sort()).toEqual(["KEPT", "NEW"]);
  expect([...labels.keys()]).toEqual(["new"]);
  expect(isInToctree("Documentation/mm/added.rst")).toBe(true);
  expect(isInToctree("Documentation/mm/lost.rst")).toBe(false);
  expect(interfaces.isDocumented("/sys/kernel/mm/x/y")).toBe(true);
});
