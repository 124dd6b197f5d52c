import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { t09SymbolsDefined } from "./t09-symbols-defined.ts";

const judgeUse = (path: string, text: string) =>
  judge(t09SymbolsDefined, {
    patches: [{ diff: changeFile(path, text) }],
    context: {
      effects: {
        searchAt: async (_, pattern) =>
          ["config NUMA", "\tmenuconfig MEMCG"]
            .filter((line) =>
              new RegExp(
                pattern.replace("[[:space:]]*$", "").replaceAll("[[:space:]]", "\\s"),
              ).test(line),
            )
            .map((text) => ({ path: "mm/Kconfig", line: 1, text })),
      },
    },
  });

test.each([
  ["mm/a.c", "#ifdef CONFIG_NUMMA"],
  ["mm/Makefile", "obj-$(CONFIG_NUMMA) += a.o"],
  ["mm/Kconfig", "\tdepends on NUMA && NUMMA"],
])("in %s, %j is found", async (path, text) => {
  expect(await judgeUse(path, text)).toEqual(["fail", "0001.patch:17"]);
});

test.each([
  ["mm/a.c", "#if IS_ENABLED(CONFIG_NUMA) || defined(CONFIG_MEMCG_MODULE)"],
  ["mm/a.c", " * CONFIG_NUMMA in a comment"],
  ["mm/Kconfig", "\tdefault y if NUMA && !MEMCG"],
  ["mm/a.rst", "CONFIG_NUMMA"],
])("in %s, %j passes", async (path, text) => {
  expect(await judgeUse(path, text)).toEqual(["pass"]);
});

const judgeRemoval = (uses: readonly string[], defines: readonly string[]) =>
  judge(t09SymbolsDefined, {
    patches: [
      {
        diff: [
          "diff --git a/mm/Kconfig b/mm/Kconfig",
          "index 111111111111..222222222222 100644",
          "--- a/mm/Kconfig",
          "+++ b/mm/Kconfig",
          "@@ -1,2 +1,1 @@",
          " menu words",
          "-config OLD",
          "",
        ].join("\n"),
      },
    ],
    context: {
      effects: {
        searchAt: async (_, pattern, paths) =>
          (paths.includes("*Kconfig*") ? defines : uses)
            .filter((line) => new RegExp(pattern.replaceAll("[[:space:]]", "\\s")).test(line))
            .map((text) => ({ path: "mm/a.c", line: 7, text })),
      },
    },
  });

test("a symbol that is defined no more and still used is found where it was taken away", async () => {
  expect(await judgeRemoval(["#ifdef CONFIG_OLD"], [])).toEqual(["fail", "0001.patch:17"]);
  expect(await judgeRemoval(["IS_MODULE(CONFIG_OLD_MODULE)"], [])).toHaveLength(2);
});

test("one that nothing uses, or that is defined elsewhere now, passes", async () => {
  expect(await judgeRemoval(["#ifdef CONFIG_OLDER"], [])).toEqual(["pass"]);
  expect(await judgeRemoval(["#ifdef CONFIG_OLD"], ["config OLD"])).toEqual(["pass"]);
});
