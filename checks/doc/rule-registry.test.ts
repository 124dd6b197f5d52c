import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDocFile, placeOf } from "./doc-file.ts";
import type { DocContext } from "./doc-rule.ts";
import { findDefinedValues } from "./index/defined-values.ts";
import { hashNames, makeIndexData, toTreeIndex } from "./index/tree-index.ts";
import { DOC_RULES } from "./rule-registry.ts";

const FILES: Readonly<Record<string, string>> = {
  "Documentation/mm/page_tables.rst": ".. _page_tables:\n\nPage Tables\n===========\n",
  "Documentation/mm/lost.rst": "",
  "Documentation/index.rst": ".. toctree::\n\n   mm/page*\n",
  "Documentation/ABI/testing/sysfs-x":
    "What: /sys/kernel/mm/ksm/run\nWhat: /sys/kernel/mm/ksm/sleep\n",
  "Documentation/admin-guide/sysctl/vm.rst":
    "swappiness\n==========\n\nstat_interval\n=============\n",
  "scripts/spelling.txt": "# a comment\nacess||access\n",
  "scripts/checkpatch.pl": 'our %deprecated_apis = (\n\t"kmap_atomic" => "kmap_local_page",\n);\n',
  "mm/memory.c": "",
  "mm/documented.c": "/**\n * here() - do it\n * @a: what\n */\n",
};
const NAMES = ["folio_test_dirty", "VM_LOCKED"];
const TAGS = ["vm_area_struct"];
const DOCUMENTS = Object.entries(FILES).filter(([path]) => path.startsWith("Doc"));

const SERIES = {
  "include/uapi/linux/hbf.h": "#define HBF_BATCH\t(1UL << 9) /* pages */\n",
  "mm/hbf.c": "enum { HBF_A, HBF_MASK = HBF_A + 7 };\nstatic unsigned int hbf_limit = 4096;\n",
  "mm/Kconfig": 'config HBF\n\tbool "hints"\n\thelp\n\t  Hints.\n',
};

const CONTEXT: DocContext = {
  values: findDefinedValues(Object.entries(SERIES).map(([path, after]) => ({ path, after }))),
  index: toTreeIndex(
    makeIndexData(DOCUMENTS, ["config NUMA", "menuconfig MMU"]),
    hashNames(NAMES, TAGS),
  ),
  compileErrors: ({ code }) =>
    code.split("\n").flatMap((text, at) => {
      const column = text.indexOf("broken") + 1;
      return column > 0 ? [{ line: at + 1, column, text: "expected ';'" }] : [];
    }),
  commandFaults: (line) => (/rfckit gone/.test(line) ? ["'rfckit' has no command 'gone'"] : []),
  scripts: new Set(["build"]),
  pathExists: (path) => Object.hasOwn(FILES, path),
  readTreeFile: (path) => FILES[path],
  readBeside: (path) => (path === "linked.md" ? "# The *head*\n" : undefined),
};

test("each rule has a file of its name, and each file a rule", () => {
  const files = readdirSync(join(import.meta.dirname, "rules")).map((it) => it.replace(".ts", ""));
  expect(files.sort()).toEqual(DOC_RULES.map((rule) => rule.id).sort());
});

describe.each(DOC_RULES.map((rule) => [rule.id, rule] as const))("%s", (_id, rule) => {
  test("has an example of what it finds and of what it does not", () => {
    expect(rule.examples.some((example) => example.finds.length > 0)).toBe(true);
    expect(rule.examples.some((example) => example.finds.length === 0)).toBe(true);
  });

  test.each(rule.examples.map((example) => [JSON.stringify(example.text), example] as const))(
    "%s",
    (_text, { text, finds, path = "Documentation/mm/example.rst" }) => {
      const file = openDocFile({ path, treePath: path, source: text, isChanged: true });
      const places = [...rule.check(file, CONTEXT)].map(({ at }) => {
        const { line, column } = placeOf(file, at);
        return `${line}:${column}`;
      });
      expect(places).toEqual(finds);
    },
  );
});
