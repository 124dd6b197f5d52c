import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  encodeStruct,
  GENERATED_STAGES,
  HBF_HINT,
  HBF_STATS,
  isSince,
} from "../../kernel-model/index.ts";
import {
  type Facts,
  type HeaderCompiler,
  IN_SECTION,
  openHeaderCompiler,
  TARGETS,
} from "../../tools/lib/uapi/header-compiler.ts";
import { headerConstants, predictedFacts } from "./header-facts.ts";
import { shippedTip } from "./lab.ts";

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

describe.each(GENERATED_STAGES)("the UAPI header of %s", (stage) => {
  let compiler: HeaderCompiler;
  beforeAll(async () => {
    const { tree, treeish } = await shippedTip(stage);
    compiler = await openHeaderCompiler(tree.gitDir, treeish);
  });
  afterAll(() => compiler.close());

  const predicted = predictedFacts(stage);
  const values: Facts = Object.fromEntries(
    Object.entries(predicted).map(([name, { value }]) => [name, value]),
  );
  const expressions = Object.fromEntries(
    Object.entries(predicted).map(([name, { expression }]) => [name, expression]),
  );

  test.each(TARGETS)("has the numbers, sizes and offsets of the model on %s", async (target) => {
    const compiled = await compiler.evaluate(target, expressions);
    expect(Object.keys(compiled).length).toBeGreaterThan(60);
    expect(compiled).toEqual(values);
  });

  test("defines the constants that the model knows, and no others", () => {
    const defined = [...compiler.header.matchAll(/^#define\s+(HBF_\w+)/gm)].map(([, name]) => name);
    expect(defined.toSorted()).toEqual(Object.keys(headerConstants(stage)).toSorted());
  });

  test.each(TARGETS)("is filled on %s as the codec fills it", async (target) => {
    const endian = target === "big-endian" ? "big" : "little";
    const hint = encodeStruct(HBF_HINT, HINT, endian).subarray(0, 64);
    expect(Buffer.from(await compiler.bytesOf(target, HINT_IN_C))).toEqual(Buffer.from(hint));
    if (!isSince(stage, "v2")) return;
    const stats = encodeStruct(HBF_STATS, STATS, endian);
    expect(Buffer.from(await compiler.bytesOf(target, STATS_IN_C))).toEqual(Buffer.from(stats));
  });

  test("is really asked: an expression that is wrong comes out as such", async () => {
    const wrong = { moved: "__builtin_offsetof(struct hbf_hint, len) + 1" };
    expect(await compiler.evaluate("i386", wrong)).toEqual({ moved: 25n });
    await expect(compiler.evaluate("x86-64", { missing: "HBF_OP_NONE" })).rejects.toMatchObject({
      code: "header-not-compiled",
    });
  });
});
