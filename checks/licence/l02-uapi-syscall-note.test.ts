import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { newFile } from "../../tests/support/patch-mails.ts";
import { l02UapiSyscallNote } from "./l02-uapi-syscall-note.ts";

const judge = (path: string, text: string) =>
  judgeOne(l02UapiSyscallNote, { diff: newFile(path, text) });
const GPL = "SPDX-License-Identifier: GPL-2.0";

test("a UAPI header without the note is found", async () => {
  const found = await judge("include/uapi/linux/a.h", `/* ${GPL} */`);
  expect(found).toEqual(["fail", "0001.patch:17"]);
  expect(await judge("arch/x86/include/uapi/asm/a.h", "x")).toEqual(["fail", "0001.patch:11"]);
});

test("one with the note, and a header of the kernel, pass", async () => {
  const noted = `/* ${GPL} WITH Linux-syscall-note */`;
  expect(await judge("include/uapi/linux/a.h", noted)).toEqual(["pass"]);
  expect(await judge("include/linux/a.h", `/* ${GPL} */`)).toEqual(["pass"]);
});
