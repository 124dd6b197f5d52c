import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { shippedTip } from "../tests/lab/lab.ts";
import { time } from "./measure.ts";

/** A patch that changes one line of mm/hbf.c, another one at each call, so nothing is cached. */
export async function changedLine(dir: string, index: string | number): Promise<string> {
  const { tree, treeish } = await shippedTip("v1");
  const args = ["-C", tree.dir, "show", `${treeish}:mm/hbf.c`];
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
