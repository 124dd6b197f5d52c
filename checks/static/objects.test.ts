import { expect, test } from "vitest";
import { createSeries } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { objectsOf } from "./objects.ts";

test("files of one machine are built for that machine alone", async () => {
  const paths = ["mm/a.c", "arch/x86/mm/a.c", "arch/arm64/mm/a.c"];
  const diff = paths.map((path) => changeFile(path, "int a;")).join("");
  const effects = { textAt: async () => "obj-y += a.o\n" };
  const { patches, effects: all } = createSeries({ patches: [{ diff }], context: { effects } });
  const [mail] = patches;
  if (mail === undefined) throw new Error("no patch");
  const build = (machine?: string) => objectsOf(all, "HEAD", mail, undefined, machine);
  expect(await build()).toEqual(["mm/a.o", "arch/x86/mm/a.o"]);
  expect(await build("arm64")).toEqual(["mm/a.o", "arch/arm64/mm/a.o"]);
});
