import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { headerSeries } from "../../tests/support/uapi-series.ts";
import type { Expressions, Facts, Target } from "../../tools/lib/uapi/header-compiler.ts";
import { u03SameLayout } from "./u03-same-layout.ts";

const STRUCT = "struct a {\n\t__u32 op;\n\t__u64 start;\n};\n";
const judgeFacts = (text: string, facts: (target: Target, asked: string[]) => Facts) => {
  const headers = {
    has: async (target: Target) => target !== "arm64",
    alone: async () => [],
    evaluate: async (_: string, target: Target, asked: Expressions) =>
      facts(target, Object.keys(asked)),
  };
  const context = { effects: { tipText: async () => text, headers } };
  return judge(u03SameLayout, { ...headerSeries(text), context });
};

test("an offset that differs between two compilers is found at its member", async () => {
  const facts = (target: Target) => ({
    op: 0n,
    start: target === "i386" ? 4n : 8n,
    "the end": target === "i386" ? 12n : 16n,
  });
  expect(await judgeFacts(STRUCT, facts)).toEqual(["fail", "0001.patch:19", "0001.patch:17"]);
  expect(await judgeFacts(STRUCT, () => ({ op: 0n, start: 8n, "the end": 16n }))).toEqual(["pass"]);
});

test("an offset that the reference model has elsewhere is found", async () => {
  const text = "struct hbf_hint {\n\t__u32 op;\n\t__u32 size;\n};\n";
  const facts = () => ({ op: 0n, size: 4n, "the end": 8n });
  const found = await judgeFacts(text, facts);
  expect(found.toSorted()).toEqual(["0001.patch:18", "0001.patch:19", "fail"]);
});
