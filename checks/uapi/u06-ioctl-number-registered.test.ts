import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile } from "../../tests/support/patch-mails.ts";
import { HEADER, headerSeries } from "../../tests/support/uapi-series.ts";
import { u06IoctlNumberRegistered } from "./u06-ioctl-number-registered.ts";

const TABLE = "Documentation/userspace-api/ioctl/ioctl-number.rst";
const ROW = "0xBB  00-0F  uapi/linux/hbf.h    <mailto:linux-mm@kvack.org>";
const OTHERS = "Code  Seq#    Include File\n0xB8  all    uapi/a.h\n'a'   00-0F  linux/b.h\n";

const judgeWith = (define: string, row: string, base = OTHERS) => {
  const diff = row === "" ? "" : changeFile(TABLE, row);
  const draft = headerSeries(`#define MAGIC 0xBB\n${define}\n`, diff);
  const tipText = async () => `#define MAGIC 0xBB\n${define}\n`;
  const context = { effects: { tipText, baseText: async () => base } };
  return judge(u06IoctlNumberRegistered, { ...draft, context });
};

test.each([
  ["no row", "#define A _IO(MAGIC, 1)", "", OTHERS],
  ["a row of another header", "#define A _IO(MAGIC, 1)", ROW.replace("hbf.h", "x.h"), OTHERS],
  ["a number beyond the row", "#define A _IO(MAGIC, 0x10)", ROW, OTHERS],
  ["a code that another header has", "#define A _IO(MAGIC, 1)", ROW, "0xBB  all  linux/b.h\n"],
  ["an unreadable number", "#define A _IO(OTHER, 1)", ROW, OTHERS],
  ["no table to compare with", "#define A _IO(MAGIC, 1)", ROW, ""],
])("%s is found", async (_, define, row, base) => {
  expect(await judgeWith(define, row, base)).toEqual(["fail", "0001.patch:18"]);
});

test("a row of its own passes, and so does a header without ioctls", async () => {
  expect(HEADER).toBe("include/uapi/linux/hbf.h");
  expect(await judgeWith("#define A _IO(MAGIC, 15)", ROW)).toEqual(["pass"]);
  expect(await judgeWith("#define A 1", "")).toEqual(["pass"]);
});
