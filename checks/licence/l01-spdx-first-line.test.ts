import { expect, test } from "vitest";
import { judgeOne } from "../../tests/support/judge-text.ts";
import { newFile } from "../../tests/support/patch-mails.ts";
import { l01SpdxFirstLine } from "./l01-spdx-first-line.ts";

const judge = (path: string, text: string) =>
  judgeOne(l01SpdxFirstLine, { diff: newFile(path, text) });

test.each([
  ["mm/a.c", "int a;"],
  ["mm/a.c", "\n// SPDX-License-Identifier: GPL-2.0"],
  ["mm/a.c", "/* SPDX-License-Identifier: GPL-2.0 */"],
  ["mm/a.c", "// SPDX-License-Identifier: GPL-9.9"],
  ["mm/a.c", "// SPDX-License-Identifier: "],
  ["mm/a.h", "// SPDX-License-Identifier: GPL-2.0 WITH Nothing"],
  ["a.rst", "# SPDX-License-Identifier: GPL-2.0"],
  ["mm/Makefile", "obj-y += a.o"],
])("%s with %j is found", async (path, text) => {
  expect(await judge(path, text)).toEqual(["fail", "0001.patch:17"]);
});

test.each([
  ["mm/a.c", "// SPDX-License-Identifier: GPL-2.0-only\n"],
  ["mm/a.h", "/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR MIT */"],
  ["a.sh", "#!/bin/sh\n# SPDX-License-Identifier: GPL-2.0"],
  ["tools/config", "CONFIG_A=y"],
])("%s with %j passes", async (path, text) => {
  expect(await judge(path, text)).toEqual(["pass"]);
});
