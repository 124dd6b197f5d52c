import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { reportError } from "../cli/report-error.ts";
import { writeFileAtomic } from "../lib/fs/write-file-atomic.ts";
import { planNew } from "./plan-new.ts";

const ROOT = resolve(import.meta.dirname, "../..");

function read(path: string): string | undefined {
  try {
    return readFileSync(join(ROOT, path), "utf8");
  } catch {
    return undefined;
  }
}

/** `npm run new -- KIND ID` */
async function main([kind = "", id = ""]: readonly string[]): Promise<number> {
  try {
    const { files, next } = planNew(kind, id, read);
    for (const [path, text] of files) {
      mkdirSync(dirname(join(ROOT, path)), { recursive: true });
      await writeFileAtomic(join(ROOT, path), text);
      console.log(path);
    }
    console.log(["", "then:", ...next.map((line) => `  ${line}`)].join("\n"));
    return 0;
  } catch (error) {
    return reportError(error, (text) => process.stderr.write(text));
  }
}

process.exitCode = await main(process.argv.slice(2));
