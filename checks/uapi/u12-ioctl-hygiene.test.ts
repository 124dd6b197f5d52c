import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { u12IoctlHygiene } from "./u12-ioctl-hygiene.ts";

const judge = (line: string) =>
  judgeOne(u12IoctlHygiene, { diff: changeFile("mm/a.c", `\t${line}`) });

test.each([
  "p = kmalloc(hint.nr * sizeof(*p), GFP_KERNEL);",
  "p = kvzalloc(sizeof(*p) * nr, GFP_KERNEL);",
  "p = memdup_user(uptr, nr * size);",
  "fd = get_unused_fd_flags(0);",
])("%s is found", async (line) => {
  expect(await judge(line)).toEqual(["fail", "0001.patch:17"]);
});

test.each([
  "p = kmalloc_array(nr, sizeof(*p), GFP_KERNEL);",
  "p = kmalloc(sizeof(*p), GFP_KERNEL);",
  "fd = get_unused_fd_flags(O_CLOEXEC);",
])("%s passes", async (line) => {
  expect(await judge(line)).toEqual(["pass"]);
});
