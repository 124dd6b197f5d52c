import { expect, test } from "vitest";
import { createSeries, judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { HEADER } from "../../tests/support/uapi-series.ts";
import { u11OldInterfaceKept } from "./u11-old-interface-kept.ts";

const BASE = "0".repeat(40);
const OLD = "#define A 1\nstruct a {\n\t__u32 op;\n\t__u32 size;\n};";
const judgeHeader = (after: string) =>
  judge(u11OldInterfaceKept, {
    patches: [{ diff: changeFile(HEADER, "#define NEW 1") }],
    context: {
      effects: {
        textAt: async (commit) => (commit === BASE ? `${"\n".repeat(10)}${OLD}` : after),
      },
    },
  });
const PAD = "\n".repeat(10);

test.each([
  ["another value", `${PAD}${OLD.replace("A 1", "A 2")}`, 17],
  ["a constant that is gone", `${PAD}${OLD.replace("#define A 1", "")}`, 11],
  ["a member that moved", `${PAD}${OLD.replace("\t__u32 op;\n", "")}`, 11],
  ["a struct that is gone", `${PAD}${OLD.replace("struct a", "struct b")}`, 11],
])("%s is found", async (_, after, line) => {
  expect(await judgeHeader(after)).toEqual(["fail", `0001.patch:${line}`]);
});

test("more constants and a longer struct pass", async () => {
  expect(await judgeHeader(`${OLD.replace("};", "\t__u64 more;\n};")}\n#define B 2`)).toEqual([
    "pass",
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
    return judge(u11OldInterfaceKept, { context: { patches, effects: { textAt } } });
  };
  expect(await judgeOn(undefined)).toEqual(["pass"]);
  expect(await judgeOn("#define ABC 1\n")).toEqual(["fail", "0001.patch:11"]);
  expect(await judgeOn("#define A 1\n")).toEqual(["fail", "0002.patch:11"]);
});
