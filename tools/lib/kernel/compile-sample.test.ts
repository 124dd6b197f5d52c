import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { type CSample, compileSample, isConfigured, type SampleError } from "./compile-sample.ts";

async function compile(
  code: string,
  target: CSample["target"] = "user",
): Promise<readonly SampleError[]> {
  const top = await scratchDir();
  const added = await scratchDir();
  await mkdir(join(top, "include/uapi/linux"), { recursive: true });
  await writeFile(join(top, "include/uapi/linux/hint.h"), "struct hint { int old; };\n");
  await mkdir(join(added, "include/uapi/linux"), { recursive: true });
  await writeFile(join(added, "include/uapi/linux/more.h"), "struct more { int size; };\n");
  const { signal } = new AbortController();
  return compileSample({ code, target }, { top, added, objects: top, signal });
}

test.each([
  ["a program", '#include <stdio.h>\nint main(void)\n{\n\tputs("a");\n}\n'],
  ["statements", '#include <stdio.h>\n\nint a = 1;\nif (a)\n\tputs("a");\n'],
  ["what stands for more", "int a;\n...\na = 2;\n"],
  ["a header of the tree", "#include <linux/hint.h>\nstruct hint hint = { .old = 1 };\n"],
  ["a header of the series", "#include <linux/more.h>\nint size = sizeof(struct more);\n"],
])("%s compiles", async (_name, code) => {
  expect(await compile(code)).toEqual([]);
});

test("an error has its place in the sample, also in statements", async () => {
  const program = await compile("int main(void)\n{\n\treturn 0\n}\n");
  expect(program).toEqual([expect.objectContaining({ line: 3 })]);
  const statements = await compile("#include <stdio.h>\nint a = 1;\nif (a)\n\tno_such(a);\n");
  expect(statements).toEqual([
    { line: 4, column: 2, text: expect.stringContaining("implicit declaration") },
  ]);
});

test.each(["#include </etc/passwd>\n", '#include "../../secret.h"\n'])(
  "a sample includes nothing by its place: %s",
  async (code) => {
    expect(await compile(`int a;\n${code}`)).toEqual([
      { line: 2, column: 1, text: expect.stringContaining("leaves the tree") },
    ]);
  },
);

test("a tree that was not configured is told from one that was", async () => {
  const top = await scratchDir();
  expect(isConfigured(top)).toBe(false);
  await mkdir(join(top, "include/generated"), { recursive: true });
  await writeFile(join(top, "include/generated/autoconf.h"), "");
  expect(isConfigured(top)).toBe(true);
});
