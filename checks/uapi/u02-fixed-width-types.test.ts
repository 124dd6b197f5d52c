import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { headerSeries } from "../../tests/support/uapi-series.ts";
import { u02FixedWidthTypes } from "./u02-fixed-width-types.ts";

const struct = (member: string) => headerSeries(`struct hbf_hint {\n\t${member}\n};\n`);

test.each([
  ["unsigned long start;"],
  ["long start;"],
  ["__u64 *start;"],
  ["void *start;"],
  ["enum hbf_op op;"],
  ["bool on;"],
  ["__u32 on : 1;"],
  ["time_t when;"],
  ["u32 size;"],
  ["size_t size;"],
])("'%s' is found", async (member) => {
  expect(await judge(u02FixedWidthTypes, struct(member))).toEqual(["fail", "0001.patch:18"]);
});

test.each([["__u64 start;"], ["__s32 nid;"], ["char name[16];"], ["struct hbf_range r[2];"]])(
  "'%s' passes",
  async (member) => {
    expect(await judge(u02FixedWidthTypes, struct(member))).toEqual(["pass"]);
  },
);
