import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { headerSeries } from "../../tests/support/uapi-series.ts";
import { u07IoctlNumbersUnique } from "./u07-ioctl-numbers-unique.ts";

/** A base of one header, searched as git grep does. */
const judgeWith = (header: string, base: string) => {
  const path = "include/uapi/linux/other.h";
  const searchBase = async (pattern: string) => {
    const regex = new RegExp(pattern.replaceAll("[[:space:]]", "\\s"));
    const lines = base.split("\n").map((text, at) => ({ path, line: at + 1, text }));
    return lines.filter(({ text }) => regex.test(text));
  };
  const draft = headerSeries(header);
  const context = { effects: { tipText: async () => header, searchBase } };
  return judge(u07IoctlNumbersUnique, { ...draft, context });
};

const NEW = "#define MAGIC 0xBB\n#define A _IO(MAGIC, 1)\n";

test.each([
  ["a literal", "#define B _IOW(0xbb, 0x01, int)"],
  ["a name", "#define OTHER_MAGIC\t0xBB\n#define B _IOR(OTHER_MAGIC, 1, int)"],
  ["a decimal", "#define B _IO(187, 1)"],
])("the number of another header, as %s, is found", async (_, base) => {
  expect(await judgeWith(NEW, base)).toEqual(["fail", "0001.patch:18"]);
});

test("an argument that has no room in the number is found, the largest that has passes", async () => {
  const headerOf = (count: number) =>
    `struct a {\n\t__u8 b[${count}];\n};\n#define A _IOW(0xBB, 1, struct a)\n`;
  expect(await judgeWith(headerOf(8192), "")).toEqual(["fail", "0001.patch:20"]);
  expect(await judgeWith(headerOf(8191), "")).toEqual(["pass"]);
});

test("two commands of the series with one number are found", async () => {
  expect(await judgeWith(`${NEW}#define C _IO(MAGIC, 1)\n`, "")).toEqual(["fail", "0001.patch:19"]);
});

test.each([["#define B _IO(0xBB, 2)"], ["#define B _IO(0xBC, 1)"], ["#define M 0xBB1"]])(
  "'%s' in the base passes",
  async (base) => {
    expect(await judgeWith(NEW, base)).toEqual(["pass"]);
  },
);
