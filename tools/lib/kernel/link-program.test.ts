import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { linkProgram, partsOf } from "./link-program.ts";

const MAKEFILE = [
  "CFLAGS = -Wall -lno",
  "LDLIBS = -lrt \\",
  "\t-lm",
  "$(TEST_GEN_PROGS): vm_util.c thp_settings.c kselftest.h",
  "$(OUTPUT)/a: a.c common.c",
  "$(OUTPUT)/b: other.c",
  "b: LDLIBS += -lcap",
  "$(OUTPUT)/b $(OUTPUT)/a: LDLIBS += -lnuma",
  "$(BINARIES): LDLIBS += -ldl",
  "$(OUTPUT)/%_32: %.c",
  "# LDLIBS = -lnever",
].join("\n");

test("helpers and libraries are those of every program and its own", () => {
  const helpers = ["vm_util.c", "thp_settings.c", "common.c"];
  expect(partsOf(MAKEFILE, "a.c")).toEqual({ helpers, libraries: ["rt", "m", "numa", "dl"] });
});

const signal = new AbortController().signal;
const DIR = "tools/testing/selftests/mm";
const link = async (makefile: string, files: Readonly<Record<string, string>>) => {
  const dir = await scratchDir();
  await mkdir(join(dir, DIR), { recursive: true });
  for (const [name, text] of Object.entries({ ...files, Makefile: makefile })) {
    await writeFile(join(dir, DIR, name), text);
  }
  return await linkProgram({ dir, flags: [] }, `${DIR}/a.c`, signal);
};
const CALLS = "int help(void);\nint main(void)\n{\n\treturn help();\n}\n";
const HELP = { "b.c": "int help(void)\n{\n\treturn 0;\n}\n" };
const BUILT = { messages: [], missing: [] };

test("a program is linked with its helpers, and a helper alone is none", async () => {
  expect(await link("$(TEST_GEN_FILES): b.c\n", { ...HELP, "a.c": CALLS })).toEqual(BUILT);
  expect(await link("", { "a.c": "int help(void);\nint more(void) { return help(); }\n" })).toEqual(
    BUILT,
  );
});

test("what nobody defines, or is in a file that the Makefile does not name, is an error", async () => {
  const text = "undefined reference to 'help'";
  const messages = [{ path: `${DIR}/a.c`, line: 4, severity: "error", kind: "linker", text }];
  expect(await link("", { "a.c": CALLS })).toEqual({ messages, missing: [] });
  expect(await link("", { ...HELP, "a.c": CALLS })).toEqual({ messages, missing: [] });
});

test("what this machine lacks, or the text of a Makefile does not show, is missing", async () => {
  const lacking = await link("LDLIBS = -lrfckit_none\n", { "a.c": CALLS });
  expect(lacking).toEqual({ messages: [], missing: ["librfckit_none"] });
  const odd = await link("$(OBJ): $(OUTPUT)/b.o\n", { ...HELP, "a.c": CALLS });
  expect(odd).toEqual({ messages: [], missing: ["b.c"] });
  const asks = await link("LDLIBS = $(shell pkg-config --libs a)\n", { "a.c": CALLS });
  expect(asks).toEqual({ messages: [], missing: ["libraries of pkg-config"] });
  const flagged = await link("a: CFLAGS += -mx\n", {
    "a.c": CALLS.replaceAll("help", "__builtin_x"),
  });
  expect(flagged).toEqual({ messages: [], missing: ["its flags"] });
});
