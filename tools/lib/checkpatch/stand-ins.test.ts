import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { obsoleteFiles, writeStandIns } from "./stand-ins.ts";

const MAINTAINERS = `Maintainers List
----------------

OLD DRIVER
S:	Obsolete
F:	drivers/old/
X:	drivers/old/new.c

MEMORY
S:	Maintained
F:	mm/
`;

test.each([
  ["drivers/old/a b.c", true],
  ["drivers/old/new.c", false],
  ["mm/hbf.c", false],
])("'%s' is obsolete: %s", (path, isObsolete) => {
  expect(obsoleteFiles(MAINTAINERS, [path])).toEqual(isObsolete ? [path] : []);
});

test("the stand-in answers checkpatch's question, and hands other calls to perl", async () => {
  const dir = await scratchDir();
  await writeStandIns(dir, MAINTAINERS, ["drivers/old/a b.c", "mm/hbf.c"]);
  const shell = (line: string): string =>
    execFileSync("sh", ["-c", line], {
      encoding: "utf8",
      env: { PATH: `${dir}:/usr/bin:/bin` },
    });
  const ask = (path: string): string =>
    shell(
      `perl ./scripts/get_maintainer.pl --status --nom --nol --nogit --nogit-fallback -f '${path}'`,
    );
  expect(ask("drivers/old/a b.c")).toBe("Obsolete\n");
  expect(ask("mm/hbf.c")).toBe("Maintained\n");
  expect(shell("perl -e 'print 6 * 7'")).toBe("42");
  expect(join(dir, "perl")).toContain(dir);
});

test("an SPDX expression is asked about once, and other calls go to python3", async () => {
  const dir = await scratchDir();
  await writeStandIns(dir, MAINTAINERS, []);
  await mkdir(join(dir, "scripts"));
  const script = "import sys\nopen('asked', 'a').write('x')\nprint('bad:', sys.stdin.read())\n";
  await writeFile(join(dir, "scripts/spdxcheck.py"), script);
  const shell = (line: string): string =>
    execFileSync("sh", ["-c", line], {
      encoding: "utf8",
      cwd: dir,
      env: { PATH: `${dir}:/usr/bin:/bin` },
    });
  const ask = (words: string): string => shell(`echo "${words}" | python3 scripts/spdxcheck.py -`);
  expect(ask("GPL-9.9")).toBe("bad: GPL-9.9\n\n");
  expect(ask("GPL-2.0 OR MIT")).toBe("bad: GPL-2.0 OR MIT\n\n");
  expect(ask("GPL-9.9")).toBe("bad: GPL-9.9\n\n");
  expect(await readFile(join(dir, "asked"), "utf8")).toBe("xx");
  expect(shell("python3 -c 'print(6 * 7)'")).toBe("42\n");
});
