import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { newFile } from "../../tests/support/patch-mails.ts";
import { HEADER, headerSeries } from "../../tests/support/uapi-series.ts";
import { u05IoctlMacros } from "./u05-ioctl-macros.ts";

const define = (value: string) => headerSeries(`/* x */\n#define HBF_IOC_HINT\t${value}\n`);

test.each([
  ["_IOWR(0xBB, 1, sizeof(struct hbf_hint))"],
  ["_IOW(0xBB, 1, long)"],
  ["_IOR(0xBB, 1, struct hbf_hint *)"],
  ["_IO(0xBB, 1, struct hbf_hint)"],
  ["_IOW(0xBB, 1)"],
  ["0xc040bb01"],
])("'%s' is found", async (value) => {
  expect(await judge(u05IoctlMacros, define(value))).toEqual(["fail", "0001.patch:18"]);
});

test.each([["_IOWR(0xBB, 1, struct hbf_hint)"], ["_IO(0xBB, 1)"], ["_IOW('h', 1, __u32)"]])(
  "'%s' passes",
  async (value) => {
    expect(await judge(u05IoctlMacros, define(value))).toEqual(["pass"]);
  },
);

const handler = (code: string) =>
  "static long hbf_ioctl(struct file *f, unsigned int cmd, unsigned long arg)\n{\n" +
  `\tvoid __user *u = (void __user *)arg;\n\n\tswitch (cmd) {\n\tcase HBF_IOC_HINT:\n${code}\n` +
  "\tdefault:\n\t\treturn -ENOTTY;\n\t}\n}\n";
const READ = "\t\treturn copy_from_user(&x, u, 4);";
const WRITE = "\t\treturn put_user(x, (int __user *)u);";
const judgeCode = (macro: string, code: string) => {
  const text = `/* x */\n#define HBF_IOC_HINT\t${macro}\n`;
  const draft = headerSeries(text, newFile("mm/hbf.c", handler(code)));
  const tipText = async (path: string) => (path === HEADER ? text : handler(code));
  return judge(u05IoctlMacros, { ...draft, context: { effects: { tipText } } });
};

test.each([
  ["_IO(0xBB, 1)", READ],
  ["_IOR(0xBB, 1, __u32)", READ],
  ["_IOW(0xBB, 1, __u32)", WRITE],
])("'%s' is found of code that goes the other way", async (macro, code) => {
  expect(await judgeCode(macro, code)).toEqual(["fail", "0001.patch:18"]);
});

test.each([
  ["_IOW(0xBB, 1, __u32)", READ],
  ["_IOR(0xBB, 1, __u32)", WRITE],
  ["_IOWR(0xBB, 1, __u32)", `${READ}\n${WRITE}`],
  ["_IOWR(0xBB, 1, __u32)", "\t\treturn 0;"],
])("'%s' passes when the code needs no more", async (macro, code) => {
  expect(await judgeCode(macro, code)).toEqual(["pass"]);
});
