import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { changeFile, newFile } from "../../tests/support/patch-mails.ts";
import { t07IncludesWhatItUses } from "./t07-includes-what-it-uses.ts";

const judge = (text: string) => judgeOne(t07IncludesWhatItUses, { diff: newFile("mm/a.c", text) });

test.each(["p = kzalloc(1, GFP_KERNEL);", "mutex_lock(&m);", "module_param(a, int, 0);"])(
  "%s without its header is found",
  async (use) => {
    expect(await judge(`#include <linux/mm.h>\n\t${use}`)).toEqual(["fail", "0001.patch:18"]);
  },
);

test("its header, a comment, a header that brings it, and an old file pass", async () => {
  expect(await judge("#include <linux/slab.h>\n\tkfree(p);")).toEqual(["pass"]);
  expect(await judge("/* kfree(p) */")).toEqual(["pass"]);
  expect(await judge("#include <linux/module.h>\nmodule_param(a, int, 0);")).toEqual(["pass"]);
  const diff = changeFile("mm/a.c", "\tkfree(p);");
  expect(await judgeOne(t07IncludesWhatItUses, { diff })).toEqual(["pass"]);
});
