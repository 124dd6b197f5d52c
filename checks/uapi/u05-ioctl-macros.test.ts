import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { headerSeries } from "../../tests/support/uapi-series.ts";
import { u05IoctlMacros } from "./u05-ioctl-macros.ts";

const define = (value: string) => headerSeries(`/* x */\n#define HBF_IOC_HINT\t${value}\n`);

test.each([
  ["_IOWR(0xBB, 1, sizeof(struct hbf_hint))"],
  ["_IOW(0xBB, 1, long)"],
  ["_IOR(0xBB, 1, struct hbf_hint *)"],
  ["_IO(0xBB, 1, struct hbf_hint)"],
  ["_IOW(0xBB, 1)"],
  ["0xc040bb01"],
])("'%s' is found", async (value) => {
  expect(await judge(u05IoctlMacros, define(value))).toEqual(["fail", "0001.patch:18"]);
});

test.each([["_IOWR(0xBB, 1, struct hbf_hint)"], ["_IO(0xBB, 1)"], ["_IOW('h', 1, __u32)"]])(
  "'%s' passes",
  async (value) => {
    expect(await judge(u05IoctlMacros, define(value))).toEqual(["pass"]);
  },
);
