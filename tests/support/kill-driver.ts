import fs, { promises, readFileSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { rewriteCommands } from "./rewrite-commands.ts";

/**
 * Runs one rewriting command in a process of its own, for tests that kill it. Renames of files are
 * counted, and at one of them the process ends as by a power cut: before it, or after.
 */
const [dir = "", command = "", work = ""] = process.argv.slice(2);
const [at = 0, mode = ""] = readFileSync(join(work, "rename-at"), "utf8").split(" ");
const rename = promises.rename;
let count = 0;
promises.rename = async (from, to) => {
  count += 1;
  if (count === Number(at) && mode === "before") process.kill(process.pid, "SIGKILL");
  await rename(from, to);
  if (count === Number(at) && mode === "after") process.kill(process.pid, "SIGKILL");
};
fs.promises.rename = promises.rename;
syncBuiltinESMExports();
await rewriteCommands(dir)[command]?.();
writeFileSync(join(work, "renames"), String(count));
