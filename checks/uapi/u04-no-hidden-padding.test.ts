import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { headerSeries } from "../../tests/support/uapi-series.ts";
import { u04NoHiddenPadding } from "./u04-no-hidden-padding.ts";

const struct = (...members: string[]) =>
  headerSeries(`struct hbf_hint {\n${members.map((one) => `\t${one}\n`).join("")}};\n`);

test.each([
  ["a hole", ["__u32 op;", "__u64 start;"], 19],
  ["a tail", ["__u64 start;", "__u32 op;"], 19],
  ["a hole in a small struct", ["__u8 a;", "__u16 b;"], 19],
  ["a member of unknown size", ["__u32 op;", "unsigned long start;"], 19],
])("%s is found", async (_, members, line) => {
  const found = await judge(u04NoHiddenPadding, struct(...members));
  expect(found).toEqual(["fail", `0001.patch:${line}`]);
});

test.each([
  ["named padding", ["__u32 op;", "__u32 pad;", "__u64 start;"]],
  ["a size of 4", ["__u8 a[3];", "__u8 b;"]],
])("%s passes", async (_, members) => {
  expect(await judge(u04NoHiddenPadding, struct(...members))).toEqual(["pass"]);
});

test("a struct of the base is left alone", async () => {
  const draft = headerSeries("#define A 1\n");
  const context = {
    effects: { tipText: async () => "#define A 1\nstruct old {\n\t__u8 a;\n\t__u32 b;\n};\n" },
  };
  expect(await judge(u04NoHiddenPadding, { ...draft, context })).toEqual(["pass"]);
});
