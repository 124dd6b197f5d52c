import { expect, test } from "vitest";
import { newMessages, readToolMessages } from "./tool-messages.ts";

const LOG = [
  "  CC      mm/a.o",
  "/src/mm/a.c:12:5: warning: unused variable 'x' [-Wunused-variable]",
  "/src/mm/a.c:12:5: warning: unused variable 'x' [-Wunused-variable]",
  "/src/mm/a.c:20:7: sparse: warning: incorrect type in argument 1 (different address spaces)",
  "../mm/a.c:30: warning: Function parameter or struct member 'b' not described in 'f'",
  "/src/include/linux/a.h:3:1: error: expected ';' before 'int'",
  "/src/mm/a.c:31:1: error: the frame size is too large [-Werror=frame-larger-than=]",
  "WARNING: modpost: missing MODULE_DESCRIPTION() in mm/a.o",
  "mm/a.c:12:5: note: declared here",
].join("\n");

test("reads compiler, sparse, kernel-doc and modpost, each once", () => {
  const read = readToolMessages(LOG, "/src");
  expect(read.map(({ kind, path, line }) => `${kind} ${path}:${line}`)).toEqual([
    "-Wunused-variable mm/a.c:12",
    "sparse mm/a.c:20",
    "kernel-doc mm/a.c:30",
    "compiler include/linux/a.h:3",
    "-Wframe-larger-than= mm/a.c:31",
    "modpost :0",
  ]);
  expect(read[3]).toMatchObject({ severity: "error", text: "expected ';' before 'int'" });
});

test("a message that only moved is not new, one more of its kind is", () => {
  const at = (line: number, text = "the frame is 600 bytes") =>
    readToolMessages(`mm/a.c:${line}:1: warning: ${text} [-Wx]`, "/src");
  expect(newMessages(at(5), at(9, "the frame is 700 bytes"))).toEqual([]);
  expect(newMessages(at(5), [...at(5), ...at(9)])).toEqual(at(9));
  expect(newMessages([], at(9))).toEqual(at(9));
});
