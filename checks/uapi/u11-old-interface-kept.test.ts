import { expect, test } from "vitest";
import { createSeries, judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { scratchDir } from "../../tests/support/scratch-dir.ts";
import { HEADER } from "../../tests/support/uapi-series.ts";
import { compilerOf } from "../../tests/support/uapi-tree.ts";
import type { HeaderQueries } from "../lab-effects.ts";
import { u11OldInterfaceKept } from "./u11-old-interface-kept.ts";

const BASE = "0".repeat(40);
const OLD = "#define A 1\nstruct a {\n\t__u32 op;\n\t__u32 size;\n};";
const PAD = "\n".repeat(10);

/** Compilers that know no value of a header, so that its text counts. */
const UNKNOWING: HeaderQueries = {
  alone: async () => [],
  evaluate: async () => [],
  valuesAt: async (_commit, _path, targets) => targets.map(() => ({})),
};
/** The compilers of this machine, for one header on the base and another in the commit. */
const compiling = (before: string, after: string): HeaderQueries => ({
  ...UNKNOWING,
  valuesAt: async (commit, _path, targets, expressions) => {
    const text = commit === BASE ? before : after;
    const compiler = await compilerOf(`#include <linux/ioctl.h>\n${text}`, await scratchDir());
    const facts = targets.map((target) => compiler.evaluateKnown(target, expressions));
    return await Promise.all(facts).finally(() => compiler.close());
  },
});
const judgeHeader = (before: string, after: string, headers = UNKNOWING) =>
  judge(u11OldInterfaceKept, {
    patches: [{ diff: changeFile(HEADER, "#define NEW 1") }],
    context: {
      effects: {
        textAt: async (commit) => (commit === BASE ? `${PAD}${before}` : `${PAD}${after}`),
        headers,
      },
    },
  });
const judgeCompiled = (before: string, after: string) =>
  judgeHeader(before, after, compiling(before, after));

test.each([
  ["another value", OLD.replace("A 1", "A 2"), 17],
  ["a constant that is gone", OLD.replace("#define A 1", ""), 11],
  ["a member that moved", OLD.replace("\t__u32 op;\n", ""), 11],
  ["a struct that is gone", OLD.replace("struct a", "struct b"), 11],
])("%s is found, compiled and as text", async (_, after, line) => {
  expect(await judgeHeader(OLD, after)).toEqual(["fail", `0001.patch:${line}`]);
  expect(await judgeCompiled(OLD, after)).toEqual(["fail", `0001.patch:${line}`]);
});

const IN_ENUM = "enum a {\n\tA_ONE,\n\tA_TWO,\n\t__A_MAX\n};";
const ALIASED = "#define A B\n#define B __u64\nstruct a {\n\t__u32 x;\n\tA y;\n};";
const NUMBERED = "struct a {\n\t__u32 x;\n};\n#define A_IOC _IOW(1, 2, struct a)";

test.each([
  ["a member in the middle of an enum", IN_ENUM, IN_ENUM.replace("\tA_TWO", "\tA_NEW,\n\tA_TWO")],
  ["another type behind a name", ALIASED, ALIASED.replace("__u64", "__u32")],
  ["another sign", OLD, OLD.replace("__u32 size", "__s32 size")],
  ["padding for i386 alone", ALIASED, ALIASED.replace("B __u64", "B __aligned_u64")],
  ["a larger struct in a number", NUMBERED, NUMBERED.replace("x;", "x;\n\t__u32 y;")],
  ["packing", ALIASED, ALIASED.replace("};", "} __attribute__((packed));")],
])("%s is found by a compiler", async (_, before, after) => {
  expect((await judgeCompiled(before, after))[0]).toBe("fail");
});

test("the finding names the constant, both values and the machine", async () => {
  const after = IN_ENUM.replace("\tA_TWO", "\tA_NEW,\n\tA_TWO");
  const headers = compiling(IN_ENUM, after);
  const patches = [{ diff: changeFile(HEADER, "#define NEW 1") }];
  const textAt = async (commit: string) => (commit === BASE ? IN_ENUM : after);
  const context = { effects: { textAt, headers } };
  const { diagnostics } = await u11OldInterfaceKept.run(createSeries({ patches, context }));
  expect(diagnostics.map(({ what }) => what)).toEqual(["'A_TWO' was 1 and is 2 for x86-64"]);
});

test.each([
  [
    "more constants and a longer struct",
    OLD,
    `${OLD.replace("};", "\t__u64 z;\n};")}\n#define B 2`,
  ],
  ["a member at the end of an enum", IN_ENUM, IN_ENUM.replace("\t__A", "\tA_THREE,\n\t__A")],
  ["another way to write a value", OLD, OLD.replace("A 1", "A (1 << 0)")],
  ["a use for padding", OLD.replace("size", "pad0"), OLD],
  ["a type of the same size", OLD, OLD.replace("__u32 op", "__le32 op")],
])("%s passes", async (_, before, after) => {
  expect(await judgeCompiled(before, after)).toEqual(["pass"]);
});

test("a header that does not compile is judged by its text alone, and never passes", async () => {
  const blind = { ...UNKNOWING, valuesAt: async () => [undefined, undefined] };
  await expect(judgeHeader(OLD, OLD, blind)).rejects.toThrow(/does not compile alone/);
  expect(await judgeHeader(OLD, OLD.replace("A 1", "A 2"), blind)).toEqual([
    "fail",
    "0001.patch:17",
  ]);
});

test("a header that a patch deletes is found", async () => {
  const diff = changeFile(HEADER, "x").replace("index", "deleted file mode 100644\nindex");
  expect(await judge(u11OldInterfaceKept, { patches: [{ diff }] })).toEqual([
    "fail",
    "0001.patch:11",
  ]);
});

test("what the series itself has added may change from patch to patch", async () => {
  const drafts = [1, 2].map((value) => ({ diff: changeFile(HEADER, `#define A ${value}`) }));
  const patches = createSeries({ patches: drafts }).patches.map((patch, at) => {
    return { ...patch, commit: `${at + 1}`.repeat(40) };
  });
  const judgeOn = (base: string | undefined) => {
    const texts = [base, "#define A 1\n", "#define A 2\n"];
    const textAt = async (commit: string) => texts[Number(commit.charAt(0))];
    const effects = { textAt, headers: UNKNOWING };
    return judge(u11OldInterfaceKept, { context: { patches, effects } });
  };
  expect(await judgeOn(undefined)).toEqual(["pass"]);
  expect(await judgeOn("#define ABC 1\n")).toEqual(["fail", "0001.patch:11"]);
  expect(await judgeOn("#define A 1\n")).toEqual(["fail", "0002.patch:11"]);
});
