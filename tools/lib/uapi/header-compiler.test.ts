import { expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { compilerOf } from "../../../tests/support/uapi-tree.ts";
import { openHeaderCompiler, TARGETS, targetsOf } from "./header-compiler.ts";

test("a header is compiled as headers_install would hand it out", async () => {
  const header = [
    "#ifndef A_H\n#define A_H",
    "#include <linux/compiler.h>",
    "#include <asm/errno.h>",
    "#include <linux/types.h>",
    "struct a {\n\t__u8 op;\n\tvoid __user *p;\n} __packed;",
    "static inline __attribute_const__ int a_twice(int a)\n{\n\treturn 2 * a;\n}",
    "#endif\n",
  ].join("\n");
  const compiler = await compilerOf(header, await scratchDir());
  expect(await compiler.compileAlone("x86-64")).toEqual([]);
  const expressions = { size: "sizeof(struct a)", again: "EAGAIN" };
  expect(await compiler.evaluate("x86-64", expressions)).toEqual({ size: 9n, again: 11n });
  expect(await compiler.evaluate("i386", expressions)).toEqual({ size: 5n, again: 11n });
  await compiler.close();
});

test("a header of another architecture is told from one that does not compile", async () => {
  const path = "arch/powerpc/include/uapi/asm/a.h";
  expect(targetsOf("arch/s390/include/uapi/asm/a.h")).toEqual(["s390x"]);
  await expect(openHeaderCompiler(".", "HEAD", path)).rejects.toThrow(/no compiler is asked/);
});

test("what is no constant is left out, and a header that is no C has no answer", async () => {
  const header = '#define A 1\n#define B (A + 1)\n#define C nothing\n#define D "d"\n';
  const compiler = await compilerOf(header, await scratchDir());
  const asked = { a: "A", c: "C", b: "B", none: "sizeof(struct none)" };
  for (const target of TARGETS) {
    expect(await compiler.evaluateKnown(target, asked)).toEqual({ a: 1n, b: 2n });
    expect(await compiler.evaluateKnown(target, {})).toEqual({});
  }
  await compiler.close();
  const broken = await compilerOf("struct a { int\n", await scratchDir());
  expect(await broken.evaluateKnown("x86-64", { a: "1" })).toBeUndefined();
  await broken.close();
});
