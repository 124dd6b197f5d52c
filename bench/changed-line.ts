import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { time } from "./measure.ts";

const RFCKIT = resolve(import.meta.dirname, "../bin/rfckit.js");

/** A patch that changes one line of mm/hbf.c, another one at each call, so nothing is cached. */
export function changedLine(dir: string, index: string | number): string {
  const { stdout } = time(process.execPath, [RFCKIT, "kernel", "get", "--print-path"]);
  const args = ["-C", stdout.trim(), "show", "refs/rfckit/hbf/v1:mm/hbf.c"];
  const lines = time("git", args).stdout.split("\n");
  const at = lines.findIndex((line) => line.startsWith("static int hbf_check_size"));
  const mark = `/* benchmark ${process.pid} ${index} */`;
  const context = lines.slice(at - 3, at + 3);
  const hunk = [
    ...context.slice(0, 3).map((line) => ` ${line}`),
    `+${mark}`,
    ...context.slice(3).map((line) => ` ${line}`),
  ];
  const file = join(dir, `line-${index}.patch`);
  const head = ["diff --git a/mm/hbf.c b/mm/hbf.c", "--- a/mm/hbf.c", "+++ b/mm/hbf.c"];
  writeFileSync(file, `${[...head, `@@ -${at - 2},6 +${at - 2},7 @@`, ...hunk].join("\n")}\n`);
  return file;
}
