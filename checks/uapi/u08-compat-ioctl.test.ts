import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { newFile } from "../../tests/support/patch-mails.ts";
import { u08CompatIoctl } from "./u08-compat-ioctl.ts";

const fops = (name: string, ...more: string[]) =>
  `static const struct file_operations ${name} = {\n\t.unlocked_ioctl = f,\n${more
    .map((one) => `\t${one}\n`)
    .join("")}};\n`;
const COMPAT = ".compat_ioctl = compat_ptr_ioctl,";
const judge = (text: string) => judgeOne(u08CompatIoctl, { diff: newFile("mm/a.c", text) });

test("one without is found, also beside one with it", async () => {
  expect(await judge(fops("a"))).toEqual(["fail", "0001.patch:18"]);
  expect(await judge(`${fops("a", COMPAT)}${fops("b")}`)).toEqual(["fail", "0001.patch:22"]);
});

test("one with it passes", async () => {
  expect(await judge(fops("a", ".open = o,", COMPAT))).toEqual(["pass"]);
});
