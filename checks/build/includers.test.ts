import { expect, test } from "vitest";
import { createSeries } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { includersOf } from "./includers.ts";

/** Includers of the headers that a patch changes; each header is included by the files given. */
async function includersIn(
  headers: readonly string[],
  files: Readonly<Record<string, readonly string[]>>,
): Promise<{ readonly asked: readonly string[]; readonly found: readonly string[] }> {
  const asked: string[] = [];
  const searchBase = async (pattern: string, folder: string) => {
    asked.push(`${pattern} in ${folder}`);
    const lines = Object.entries(files).filter(([, [line = ""]]) => new RegExp(pattern).test(line));
    return lines.flatMap(([, [text = "", ...paths]]) =>
      paths.map((path) => ({ path, line: 1, text })),
    );
  };
  const diff = [...headers, "mm/z.c"].map((path) => changeFile(path, "int a;")).join("");
  const found = await includersOf(
    createSeries({ patches: [{ diff }], context: { effects: { searchBase } } }),
  );
  return { asked, found };
}

test("files of the kernel that include a changed header, those of changed folders first", async () => {
  const { found } = await includersIn(["include/linux/a.h", "arch/x86/include/uapi/asm/b.h"], {
    a: ["#include <linux/a.h>", "fs/a.c", "mm/a.c", "tools/mm/a.c", "mm/internal.h"],
    b: ["# include <asm/b.h>", "mm/a.c", "kernel/b.c"],
    other: ["#include <linux/ash>", "mm/other.c"],
  });
  expect(found).toEqual(["mm/a.c", "fs/a.c", "kernel/b.c"]);
});

test("a header in a folder of sources is asked for in that folder", async () => {
  const { asked, found } = await includersIn(["mm/slab.h"], {
    slab: ['#include "slab.h"', "mm/slub.c"],
  });
  expect(asked).toEqual(['^#[ \t]*include [<"]slab\\.h[>"] in mm']);
  expect(found).toEqual(["mm/slub.c"]);
});

test("of a header that half the kernel includes, the first forty", async () => {
  const many = Array.from({ length: 100 }, (_, index) => `mm/${index}.c`);
  const { found } = await includersIn(["include/linux/a.h"], {
    a: ["#include <linux/a.h>", ...many],
  });
  expect(found).toHaveLength(40);
});
