import { expect, test } from "vitest";
import { QUIET } from "../../tests/support/judge-static.ts";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { b03SourceStaysClean } from "./b03-source-stays-clean.ts";

const judgeLeft = (...leftovers: string[]) =>
  judge(b03SourceStaysClean, {
    patches: [
      { diff: changeFile("mm/a.c", "\tint a;") + changeFile("mm/Makefile", "obj-y += a.o") },
    ],
    context: {
      effects: {
        textAt: async () => "obj-y += a.o",
        buildVariant: async () => ({ ...QUIET, leftovers }),
      },
    },
  });

test("a file that stays is found at the Makefile of its folder", async () => {
  expect(await judgeLeft("mm/table.h")).toEqual(["fail", "0001.patch:19"]);
  expect(await judgeLeft()).toEqual(["pass"]);
});
