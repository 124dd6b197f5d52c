import { describe, expect, test } from "vitest";
import { findBuildErrors } from "./build-errors.ts";

const SOURCE = "/cache/source";

describe("errors of a kernel build", () => {
  test("the compiler's error has its place in the tree", () => {
    const log = [
      "  CC      mm/hbf.o",
      `${SOURCE}/mm/hbf.c: In function 'hbf_ioctl':`,
      `${SOURCE}/mm/hbf.c:93:9: error: 'hnt' undeclared (first use in this function)`,
      `${SOURCE}/mm/hbf.c:93:9: note: each undeclared identifier is reported only once`,
      `make[3]: *** [${SOURCE}/scripts/Makefile.build:229: mm/hbf.o] Error 1`,
    ].join("\n");
    const text = "'hnt' undeclared (first use in this function)";
    expect(findBuildErrors(log, SOURCE)).toEqual([{ file: "mm/hbf.c", line: 93, column: 9, text }]);
  });

  test("a missing header and an undefined symbol are errors", () => {
    const log = [
      "../mm/hbf.c:7:10: fatal error: linux/nothing.h: No such file or directory",
      "ld: mm/hbf.o: in function `hbf_ioctl':",
      "ld: hbf.c:(.text+0x12): undefined reference to `hbf_missing'",
    ].join("\n");
    expect(findBuildErrors(log, SOURCE).map(({ text }) => text)).toEqual([
      "linux/nothing.h: No such file or directory",
      "hbf.c:(.text+0x12): undefined reference to `hbf_missing'",
    ]);
  });

  test("make's own line counts when nothing else was said", () => {
    const log = "make[2]: *** No rule to make target 'mm/hbf.o', needed by 'mm/built-in.a'.  Stop.";
    expect(findBuildErrors(log, SOURCE)).toEqual([
      { text: "No rule to make target 'mm/hbf.o', needed by 'mm/built-in.a'.  Stop." },
    ]);
  });

  test("an error is named once, a warning never", () => {
    const error = `${SOURCE}/mm/a.c:1:2: error: x`;
    const log = `${error}\n${SOURCE}/mm/a.c:3:4: warning: y\n${error}\n`;
    expect(findBuildErrors(log, SOURCE)).toHaveLength(1);
  });

  test("a good log has none", () => {
    expect(findBuildErrors("  LD      vmlinux\n  OBJCOPY errors.o\n", SOURCE)).toEqual([]);
  });
});
