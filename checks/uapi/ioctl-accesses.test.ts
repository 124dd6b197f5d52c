import { expect, test } from "vitest";
import { accessesOf } from "./ioctl-accesses.ts";

/** The accesses of `case A` with this code, in a handler with a function that others may share. */
const accessesOfA = (code: string, more = "", params = "unsigned long arg") =>
  accessesOf(
    `${more}static long a_ioctl(struct file *file, unsigned int cmd, ${params})\n{\n` +
      "\tvoid __user *uarg = (void __user *)arg;\n\tstruct a a;\n\n" +
      `\tswitch (cmd) {\n\tcase A:\n${code}\n\tcase B:\n\t\treturn b(uarg);\n` +
      "\tdefault:\n\t\treturn -ENOTTY;\n\t}\n}\n",
  ).get("A");
const READ = "\t\treturn copy_from_user(&a, uarg, sizeof(a)) ? -EFAULT : 0;";
const HELPER = "static long help(struct a __user *p)\n{\n\treturn put_user(1, &p->x);\n}\n";

test.each([
  ["a copy", READ, { reads: "copy_from_user" }],
  ["a cast", "\t\treturn get_user(x, (int __user *)arg);", { reads: "get_user" }],
  ["a member", "\t\treturn put_user(x, &((struct a __user *)uarg)->x);", { writes: "put_user" }],
  ["braces", `\t\tif (x) {\n${READ}\n\t\t}\n\t\tbreak;`, { reads: "copy_from_user" }],
  ["both", `${READ}\n\t\tclear_user(uarg, 1);`, { reads: "copy_from_user", writes: "clear_user" }],
  ["a second switch", `\t\tswitch (x) {\n\t\tcase 1:\n${READ}\n\t\t}`, { reads: "copy_from_user" }],
  ["a label above", `\tcase A2:\n${READ}`, { reads: "copy_from_user" }],
])("%s is seen", (_, code, wanted) => {
  expect(accessesOfA(code)).toEqual(wanted);
});

test("functions of the file are followed, with the names that they give the argument", () => {
  expect(accessesOfA("\t\treturn help(uarg);", HELPER)).toEqual({ writes: "put_user" });
  const deeper = `${HELPER}static long more(int x, void __user *q)\n{\n\treturn help(q);\n}\n`;
  expect(accessesOfA("\t\treturn more(1, uarg);", deeper)).toEqual({ writes: "put_user" });
  expect(accessesOfA("\t\treturn more(uarg, NULL);", deeper)).toEqual({});
});

test.each([
  ["memory that the struct points to", "\t\treturn clear_user(u64_to_user_ptr(a.p), 1);"],
  ["a pointer that is set anew", "\t\tuarg = a.p;\n\t\treturn clear_user(uarg, 1);"],
  ["words in comments and strings", `\t\t/* copy_to_user(uarg, */\n\t\tpr("clear_user(uarg, 1)");`],
  ["another's function", "\t\treturn a->ops->clear_user(uarg, 1);"],
])("%s does not count", (_, code) => {
  expect(accessesOfA(code)).toEqual({});
});

test("nothing is told of code that asks for the command once more, or that commands share", () => {
  const asks = "\t\treturn put_user(cmd == A, (int __user *)uarg);";
  expect(accessesOfA(asks)).toBeUndefined();
  const shared = HELPER.replace("help", "b");
  expect(accessesOfA("\t\treturn b(uarg);", shared)).toEqual({});
});

test("a function that takes the pointer ready-made is read too", () => {
  expect(accessesOfA(READ, "", "void __user *arg")).toEqual({ reads: "copy_from_user" });
});
