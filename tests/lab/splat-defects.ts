import { type Defect, replaceOnce } from "./defects.ts";

/** A defect that a build has to notice: without it, its silence would prove nothing. */
export interface SplatDefect extends Defect {
  readonly build: string;
  /** What the kernel's complaint must be told as. */
  readonly splat: string;
  /** Options of `rfckit verify` for what a sample of the vectors does not show. */
  readonly options?: readonly string[];
}

const CHECK_NODE = "ret = hbf_check_node(hint.op, hint.target_nid);";
const INCLUDE = "#include <linux/mm.h>";

/** A statement that is carried out for RELEASE unless told, before its checks of the node. */
function defect(
  build: string,
  splat: string,
  statement: string,
  when = "hint.op == HBF_OP_RELEASE",
): SplatDefect {
  const code = `if (${when}) {\n\t\t${statement}\n\t}\n\t${CHECK_NODE}`;
  const edit = (source: string): string => {
    const changed = replaceOnce(source, CHECK_NODE, code);
    const headers = ["delay", "mutex", "refcount", "sched", "slab"].map((name) => {
      return `#include <linux/${name}.h>`;
    });
    return changed.replace(INCLUDE, `${INCLUDE}\n${headers.join("\n")}`);
  };
  return { name: splat, build, splat, edit };
}

/** One for each kind of complaint. */
export const SPLAT_DEFECTS: readonly SplatDefect[] = [
  defect("fast", "refcount", "refcount_t r = REFCOUNT_INIT(0);\n\t\trefcount_inc(&r);"),
  defect(
    "fast",
    "hung-task",
    "set_current_state(TASK_UNINTERRUPTIBLE);\n\t\tschedule_timeout(60 * HZ);",
  ),
  defect("fast", "bug", "BUG();"),
  defect("fast", "warning", "WARN_ON(1);"),
  defect(
    "debug",
    "kasan",
    [
      "char *p = kmalloc(64, GFP_KERNEL);",
      "kfree(p);",
      "OPTIMIZER_HIDE_VAR(p);",
      "READ_ONCE(*p);",
    ].join("\n\t\t"),
  ),
  defect(
    "debug",
    "lockdep",
    [
      "static DEFINE_MUTEX(a);",
      "static DEFINE_MUTEX(b);",
      ...["mutex_lock(&a);", "mutex_lock(&b);", "mutex_unlock(&b);", "mutex_unlock(&a);"],
      ...["mutex_lock(&b);", "mutex_lock(&a);", "mutex_unlock(&a);", "mutex_unlock(&b);"],
    ].join("\n\t\t"),
  ),
  defect("debug", "ubsan", "volatile int by = 40;\n\t\thint.user_tag = 1 << by;"),
  defect("debug", "atomic-sleep", "preempt_disable();\n\t\tmight_sleep();\n\t\tpreempt_enable();"),
  {
    // One of some hundred accesses is watched, so all hints race, and for long.
    ...defect(
      "kcsan",
      "kcsan",
      "static int nr;\n\t\tfor (int i = 0; i < 1000; i++, nr++)\n\t\t\tbarrier_data(&nr);",
      "hint.op",
    ),
    options: ["--races", "1"],
  },
  defect("debug", "leak", "void *p = kmalloc(64, GFP_KERNEL);\n\t\tOPTIMIZER_HIDE_VAR(p);"),
];
