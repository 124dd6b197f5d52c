import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { k02DefaultOff } from "./k02-default-off.ts";

const judge = (text: string, path = "mm/Kconfig.debug") =>
  judgeOne(k02DefaultOff, { diff: changeFile(path, text, "", "endmenu") });

test.each([["y"], ["m"], ["y if NUMA"]])("'default %s' is found", async (value) => {
  const found = await judge(`config A\n\tbool "a"\n\tdefault ${value}\n`);
  expect(found).toEqual(["fail", "0001.patch:19"]);
});

test("no default, another symbol's value, help and hidden symbols pass", async () => {
  expect(await judge('config A\n\tbool "a"\n\thelp\n\t  default y is bad\n')).toEqual(["pass"]);
  expect(await judge('config A\n\tbool "a"\n\tdefault KUNIT_ALL_TESTS\n')).toEqual(["pass"]);
  expect(await judge("config A\n\tbool\n\tdefault y\n")).toEqual(["pass"]);
  expect(await judge('config A\n\tbool "a"\n\tdefault y\n', "mm/notes.c")).toEqual(["pass"]);
});
