import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { newFile } from "../../tests/support/patch-mails.ts";
import { HEADER, headerSeries } from "../../tests/support/uapi-series.ts";
import { u01HeaderAlone } from "./u01-header-alone.ts";

const judgeErrors = (...errors: string[]) => {
  const text = "#define A 1\n#define B 2\n";
  const headers = { alone: async () => errors, evaluate: async () => [], valuesAt: async () => [] };
  const context = { effects: { tipText: async () => text, headers } };
  return judge(u01HeaderAlone, { ...headerSeries(text), context });
};

test("an error is found at its line, and a quiet compiler passes", async () => {
  expect(await judgeErrors(`${HEADER}:2:1: error: unknown type name 'u32'`)).toEqual([
    "fail",
    "0001.patch:18",
  ]);
  expect(await judgeErrors()).toEqual(["pass"]);
});

test("a header of an architecture is compiled for it, and a copy for perf is passed over", async () => {
  const asked: string[] = [];
  const judgePath = (path: string) => {
    const alone = async (_: string, target: string) => {
      asked.push(target);
      return [];
    };
    const headers = { alone, evaluate: async () => [], valuesAt: async () => [] };
    const effects = { tipText: async () => "#define A 1\n", headers };
    const patches = [{ diff: newFile(path, "#define A 1\n") }];
    return judge(u01HeaderAlone, { patches, context: { effects } });
  };
  await judgePath("arch/arm64/include/uapi/asm/a.h");
  await judgePath("include/uapi/asm-generic/a.h");
  await judgePath("tools/include/uapi/linux/a.h");
  expect(asked).toEqual(["arm64", "x86-64"]);
});
