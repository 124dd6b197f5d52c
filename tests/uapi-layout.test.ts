import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { u03SameLayout } from "../checks/uapi/u03-same-layout.ts";
import {
  encodeStruct,
  GENERATED_STAGES,
  HBF_HINT,
  HBF_STATS,
  isSince,
  structSize,
} from "../kernel-model/index.ts";
import {
  type Expressions,
  type HeaderCompiler,
  IN_SECTION,
  TARGETS,
  type Target,
} from "../tools/lib/uapi/header-compiler.ts";
import { expressionsOf, headerConstants, predictedFacts, valuesOf } from "./lab/header-facts.ts";
import { judge } from "./support/judge-text.ts";
import { headerSeries } from "./support/uapi-series.ts";
import { compilerOf, shippedHeader } from "./support/uapi-tree.ts";

/** A value of each struct, so that every byte of it tells where it belongs. */
const HINT = {
  size: 64,
  op: 0x01020304,
  flags: 0x1112131415161718n,
  start: 0x2122232425262728n,
  len: 0x3132333435363738n,
  target_nid: -2,
  pad0: 0x41424344,
  user_tag: 0x5152535455565758n,
  resv0: [0x6162636465666768n, 0x7172737475767778n],
} as const;
const HINT_IN_C = `const struct hbf_hint value ${IN_SECTION} = {
  64, 0x01020304, 0x1112131415161718, 0x2122232425262728, 0x3132333435363738,
  -2, 0x41424344, 0x5152535455565758, { 0x6162636465666768, 0x7172737475767778 } };`;
const STATS = { size: 264, op: [{}, {}, { calls: 0x0102030405060708n, failed: 9n }, {}] };
const STATS_IN_C = `const struct hbf_stats value ${IN_SECTION} = {
  .size = 264, .op[2] = { .calls = 0x0102030405060708, .failed = 9 } };`;

/** What each compiler predefines for its machine alone. */
const MACRO = {
  "x86-64": "__x86_64__",
  i386: "__i386__",
  arm64: "__aarch64__",
  s390x: "__s390x__",
} as const;

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-uapi-"));
});
afterAll(() => rm(dir, { recursive: true }));

const freshDir = (): Promise<string> => mkdtemp(join(dir, "tree-"));
const withHeader = async <T>(text: string, ask: (compiler: HeaderCompiler) => Promise<T>) => {
  const compiler = await compilerOf(text, await freshDir());
  return await ask(compiler).finally(() => compiler.close());
};

describe.each(GENERATED_STAGES)("the UAPI header of %s", (stage) => {
  let compiler: HeaderCompiler;
  beforeAll(async () => {
    compiler = await compilerOf(shippedHeader(stage, await freshDir()), await freshDir());
  });
  afterAll(() => compiler.close());
  const predicted = predictedFacts(stage);

  test.each(TARGETS)("has the numbers, sizes and offsets of the model on %s", async (target) => {
    const compiled = await compiler.evaluate(target, expressionsOf(predicted));
    expect(Object.keys(compiled).length).toBeGreaterThan(60);
    expect(compiled).toEqual(valuesOf(predicted));
  });

  test.each(TARGETS)("is filled on %s as the codec fills it", async (target) => {
    const endian = target === "s390x" ? "big" : "little";
    const hint = encodeStruct(HBF_HINT, HINT, endian).subarray(0, structSize(HBF_HINT, stage));
    expect(Buffer.from(await compiler.bytesOf(target, HINT_IN_C))).toEqual(Buffer.from(hint));
    if (!isSince(stage, "v2")) return;
    const stats = encodeStruct(HBF_STATS, STATS, endian);
    expect(Buffer.from(await compiler.bytesOf(target, STATS_IN_C))).toEqual(Buffer.from(stats));
  });

  test("defines the constants that the model knows, and no others", () => {
    const defined = [...compiler.header.matchAll(/^#define\s+(HBF_\w+)/gm)].map(([, name]) => name);
    expect(defined.toSorted()).toEqual(Object.keys(headerConstants(stage)).toSorted());
  });

  test.each(TARGETS)("is found when one member is shifted on %s alone", async (odd) => {
    const member = /^\t\S+\s+len;/m;
    expect(compiler.header).toMatch(member);
    const shift = `#ifdef ${MACRO[odd]}\n\t__u32 shift;\n#endif\n`;
    const shifted = compiler.header.replace(member, (line) => `${shift}${line}`);
    await withHeader(shifted, async ({ evaluate }) => {
      for (const target of TARGETS) {
        const facts = await evaluate(target, expressionsOf(predicted));
        const wrong = Object.keys(predicted).filter((key) => facts[key] !== predicted[key]?.value);
        const offset = "__builtin_offsetof(struct hbf_hint, len)";
        expect(wrong.includes(offset), `${target}: ${wrong}`).toBe(target === odd);
        // From v3 on the number is made of the first size, and no struct that may grow.
        const isNumberWrong = target === odd && stage !== "v3";
        expect(wrong.includes("HBF_IOC_HINT"), `${target}: ${wrong}`).toBe(isNumberWrong);
        expect(wrong.length > 0).toBe(target === odd);
      }
    });
  });
});

test.each(TARGETS)("u03 names %s when it alone lays a struct out otherwise", async (odd) => {
  const text =
    `#include <linux/types.h>\n#ifdef ${MACRO[odd]}\n#define ODD __u64\n#else\n` +
    "#define ODD __u32\n#endif\nstruct a {\n\tODD x;\n\t__u32 y;\n};\n";
  await withHeader(text, async (compiler) => {
    const headers = {
      alone: async () => [],
      valuesAt: async () => [],
      evaluate: (_: string, targets: readonly Target[], asked: Expressions) =>
        Promise.all(targets.map((target) => compiler.evaluate(target, asked))),
    };
    const context = { effects: { tipText: async () => text, headers } };
    const [verdict, ...found] = await judge(u03SameLayout, { ...headerSeries(text), context });
    expect(verdict).toBe("fail");
    expect(new Set(found)).toEqual(new Set(["0001.patch:23", "0001.patch:25"]));
    expect(found.length).toBe(odd === "x86-64" ? 6 : 2);
  });
});

test("each target has its own rules: 64-bit members on i386, plain char elsewhere", async () => {
  const asked = { aligned: "_Alignof(struct a)", isSigned: "(char)-1 < 0", pointer: "sizeof(&a)" };
  const text = "#include <linux/types.h>\nstruct a {\n\t__u64 x;\n};\nextern struct a a;\n";
  const seen = await withHeader(text, async ({ evaluate }) => {
    const facts = await Promise.all([evaluate("x86-64", asked)]);
    for (const target of TARGETS.slice(1)) facts.push(await evaluate(target, asked));
    return facts.map((one) => Object.values(one).map(Number));
  });
  expect(seen).toEqual([
    [8, 1, 8],
    [4, 1, 4],
    [8, 0, 8],
    [8, 0, 8],
  ]);
});

test("a name that the header lacks is an error for every compiler", async () => {
  await withHeader("#include <linux/types.h>\n", async ({ evaluate }) => {
    for (const target of TARGETS) {
      const answer = evaluate(target, { missing: "HBF_OP_NONE" });
      await expect(answer).rejects.toMatchObject({ code: "header-not-compiled" });
    }
  });
});
