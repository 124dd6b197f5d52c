import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { obsoleteFiles, writeStatusShim } from "./maintained-status.ts";

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
  await writeStatusShim(dir, MAINTAINERS, ["drivers/old/a b.c", "mm/hbf.c"]);
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
