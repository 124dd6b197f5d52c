import { execFileSync } from "node:child_process";
import { copyFile, mkdir, utimes, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { scratchDir } from "./support/scratch-dir.ts";

const BIN = resolve(import.meta.dirname, "../bin/rfckit.js");

/** A folder with a program of each kind, compiled at 100 s, that say which they are. */
async function makePackage(): Promise<string> {
  const dir = await scratchDir();
  const program = async (path: string): Promise<void> => {
    const file = join(dir, path);
    await mkdir(join(file, ".."), { recursive: true });
    await writeFile(file, `export const main = (argv) => console.log("${path}", argv.length);\n`);
  };
  await mkdir(join(dir, "bin"));
  await copyFile(BIN, join(dir, "bin/rfckit.js"));
  await writeFile(join(dir, "package.json"), '{ "type": "module" }\n');
  await program("dist/tools/cli/main.js");
  await writeFile(join(dir, "dist/lib.tsbuildinfo"), "{}");
  await utimes(join(dir, "dist/lib.tsbuildinfo"), 100, 100);
  await program("dist/bundle/main.js");
  return dir;
}

test.each([
  ["made after the last compilation", 101, "dist/bundle/main.js 1\n"],
  ["made at the same moment, as in an archive", 100, "dist/bundle/main.js 1\n"],
  ["older than the last compilation", 99, "dist/tools/cli/main.js 1\n"],
])("a bundle that is %s", async (_, madeS, said) => {
  const dir = await makePackage();
  await utimes(join(dir, "dist/bundle/main.js"), madeS, madeS);
  const out = execFileSync(process.execPath, [join(dir, "bin/rfckit.js"), "word"]);
  expect(String(out)).toBe(said);
});
