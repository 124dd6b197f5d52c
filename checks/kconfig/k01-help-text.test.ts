import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { k01HelpText } from "./k01-help-text.ts";

const judge = (text: string, after = "endmenu") =>
  judgeOne(k01HelpText, { diff: changeFile("mm/Kconfig", text, "", after) });
const help = (count: number) => `\thelp\n${"\t  Words.\n".repeat(count)}`;

test.each([
  ["no help", 'config A\n\tbool "a"\n'],
  ["three lines", `config A\n\tbool "a"\n${help(3)}`],
  ["help of another", `config A\n\tbool "a"\nconfig B\n\tbool "b"\n${help(4)}`],
])("%s is found", async (_, text) => {
  expect(await judge(text)).toEqual(["fail", "0001.patch:17"]);
});

test("four lines, and an option that nobody is asked for, pass", async () => {
  expect(await judge(`config A\n\tbool "a"\n${help(4)}`)).toEqual(["pass"]);
  expect(await judge("config A\n\tbool\n")).toEqual(["pass"]);
});
