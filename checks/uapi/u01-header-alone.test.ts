import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { HEADER, headerSeries } from "../../tests/support/uapi-series.ts";
import { u01HeaderAlone } from "./u01-header-alone.ts";

const judgeErrors = (...errors: string[]) => {
  const text = "#define A 1\n#define B 2\n";
  const headers = { alone: async () => errors, evaluate: async () => [] };
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
