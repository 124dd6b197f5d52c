import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { replaceOnce } from "../../tests/lab/defects.ts";

/** A defect that a build has to notice: without it, its silence would prove nothing. */
export interface Control {
  readonly name: string;
  readonly build: string;
  /** What the kernel's complaint must be told as. */
  readonly splat: string;
  /** The patch that puts it into mm/hbf.c. */
  readonly patch: (source: string) => string;
}

const CHECK_NODE = "ret = hbf_check_node(hint.op, hint.target_nid);";
const INCLUDE = "#include <linux/mm.h>";

/** A statement that is carried out for RELEASE, before its checks of the node. */
function control(build: string, splat: string, statement: string): Control {
  const code = `if (hint.op == HBF_OP_RELEASE) {\n\t\t${statement}\n\t}\n\t${CHECK_NODE}`;
  const edit = (source: string): string => {
    const changed = replaceOnce(source, CHECK_NODE, code);
    const headers = ["delay", "mutex", "refcount", "sched", "slab"].map((name) => {
      return `#include <linux/${name}.h>`;
    });
    return changed.replace(INCLUDE, `${INCLUDE}\n${headers.join("\n")}`);
  };
  return { name: splat, build, splat, patch: (source) => diffOf(source, edit(source)) };
}

/** One for each kind of complaint. */
export const CONTROLS: readonly Control[] = [
  control("fast", "refcount", "refcount_t r = REFCOUNT_INIT(0);\n\t\trefcount_inc(&r);"),
  control(
    "fast",
    "hung-task",
    "set_current_state(TASK_UNINTERRUPTIBLE);\n\t\tschedule_timeout(60 * HZ);",
  ),
  control("fast", "bug", "BUG();"),
  control("fast", "warning", "WARN_ON(1);"),
  control(
    "debug",
    "kasan",
    [
      "char *p = kmalloc(64, GFP_KERNEL);",
      "kfree(p);",
      "OPTIMIZER_HIDE_VAR(p);",
      "READ_ONCE(*p);",
    ].join("\n\t\t"),
  ),
  control(
    "debug",
    "lockdep",
    [
      "static DEFINE_MUTEX(a);",
      "static DEFINE_MUTEX(b);",
      ...["mutex_lock(&a);", "mutex_lock(&b);", "mutex_unlock(&b);", "mutex_unlock(&a);"],
      ...["mutex_lock(&b);", "mutex_lock(&a);", "mutex_unlock(&a);", "mutex_unlock(&b);"],
    ].join("\n\t\t"),
  ),
  control("debug", "ubsan", "volatile int by = 40;\n\t\thint.user_tag = 1 << by;"),
  control("debug", "atomic-sleep", "preempt_disable();\n\t\tmight_sleep();\n\t\tpreempt_enable();"),
  control("debug", "leak", "void *p = kmalloc(64, GFP_KERNEL);\n\t\tOPTIMIZER_HIDE_VAR(p);"),
];

function diffOf(before: string, after: string): string {
  const dir = mkdtempSync(join(tmpdir(), "rfckit-diff-"));
  try {
    for (const [side, text] of Object.entries({ a: before, b: after })) {
      mkdirSync(join(dir, side, "mm"), { recursive: true });
      writeFileSync(join(dir, side, "mm/hbf.c"), text);
    }
    const args = ["diff", "--no-index", "--no-prefix", "a/mm/hbf.c", "b/mm/hbf.c"];
    return spawnSync("git", args, { cwd: dir, encoding: "utf8" }).stdout;
  } finally {
    rmSync(dir, { recursive: true });
  }
}
