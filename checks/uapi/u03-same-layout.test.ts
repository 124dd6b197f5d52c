import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { headerSeries } from "../../tests/support/uapi-series.ts";
import { ToolError } from "../../tools/lib/error.ts";
import type { Expressions, Facts, Target } from "../../tools/lib/uapi/header-compiler.ts";
import { u03SameLayout } from "./u03-same-layout.ts";

const STRUCT = "struct a {\n\t__u32 op;\n\t__u64 start;\n};\n";
/** @param facts of the header's only struct, by member */
const judgeFacts = (text: string, facts: (target: Target) => Facts) => {
  const headers = {
    alone: async () => [],
    valuesAt: async () => [],
    evaluate: async (_: string, targets: readonly Target[], asked: Expressions) =>
      targets.map((target) => {
        const values = facts(target);
        return Object.fromEntries(
          Object.keys(asked).flatMap((name) => {
            const value = values[name.replace("0 ", "")];
            return value === undefined ? [] : [[name, value]];
          }),
        );
      }),
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

test("a compiler that is missing is an error, never a pass", async () => {
  const facts = (target: Target): Facts => {
    if (target !== "s390x") return { op: 0n, start: 8n, "the end": 16n };
    throw new ToolError("cannot start", { kind: "environment", code: "program-missing" });
  };
  await expect(judgeFacts(STRUCT, facts)).rejects.toMatchObject({ kind: "environment" });
});

test("a size that the reference model does not have is found at the struct", async () => {
  const text = "struct hbf_hint {\n\t__u32 size;\n\t__u32 op;\n};\n";
  const facts = (end: bigint) => () => ({ size: 0n, op: 4n, "the end": end });
  expect(await judgeFacts(text, facts(12n))).toEqual(["fail", "0001.patch:17"]);
  expect(await judgeFacts(text, facts(8n))).toEqual(["pass"]);
});

test("a member that the reference model has and the struct lost is found by what follows", async () => {
  const text = "struct hbf_hint {\n\t__u32 size;\n\t__u64 flags;\n};\n";
  const facts = () => ({ size: 0n, flags: 4n, "the end": 16n });
  expect(await judgeFacts(text, facts)).toEqual(["fail", "0001.patch:19"]);
});

test("an offset that the reference model has elsewhere is found", async () => {
  const text = "struct hbf_hint {\n\t__u32 op;\n\t__u32 size;\n};\n";
  const facts = () => ({ op: 0n, size: 4n, "the end": 8n });
  const found = await judgeFacts(text, facts);
  expect(found.toSorted()).toEqual(["0001.patch:18", "0001.patch:19", "fail"]);
});
