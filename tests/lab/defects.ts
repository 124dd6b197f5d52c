/** A defect that is put into mm/hbf.c of the series, by text that must be there exactly once. */
export interface Defect {
  readonly name: string;
  readonly edit: (source: string) => string;
}

/**
 * Replaces text that occurs exactly once.
 *
 * @throws Error when the anchor is gone or occurs twice: then the defect must be written anew
 */
export function replaceOnce(source: string, anchor: string, replacement: string): string {
  const parts = source.split(anchor);
  if (parts.length === 2) return parts.join(replacement);
  throw new Error(`the anchor occurs ${parts.length - 1} times in mm/hbf.c: ${anchor}`);
}

const CHECK_HINT = "ret = hbf_check_hint(&hint);";
const CHECK_NODE = "ret = hbf_check_node(hint.op, hint.target_nid);";
const CHECK_RANGE = "ret = hbf_check_range(current->mm, hint.op, hint.start, hint.len);";

/** Puts a statement before the checks of the node, when the hint itself is valid. */
function beforeNode(statement: string): Defect["edit"] {
  return (source) => replaceOnce(source, CHECK_NODE, `${statement}\n\t${CHECK_NODE}`);
}

const INCLUDE = "#include <linux/mm.h>";

function withHeader(name: string, source: string): string {
  return replaceOnce(source, INCLUDE, `${INCLUDE}\n#include <linux/${name}.h>`);
}

export const SWAPPED_CHECKS: Defect = {
  name: "two checks swapped",
  edit: (source) => {
    const marked = replaceOnce(source, CHECK_NODE, "@");
    return replaceOnce(replaceOnce(marked, CHECK_RANGE, CHECK_NODE), "@", CHECK_RANGE);
  },
};

export const UNCHECKED_FIELD: Defect = {
  name: "one reserved field unchecked",
  edit: (source) => replaceOnce(source, " || hint->resv0[1])", ")"),
};

export const UNCLEARED_ANSWER: Defect = {
  name: "an answer on the stack that nobody cleared",
  edit: (source) => {
    const filled = /struct hbf_caps caps = \{\n((?:.*,\n)+)\t\};/.exec(source);
    if (filled === null) throw new Error("CAPS has no initializer in mm/hbf.c");
    const members = (filled[1] ?? "").replaceAll(/^\t+(\..*),$/gm, "\tcaps$1;");
    const declared = replaceOnce(source, filled[0], "struct hbf_caps caps;");
    return replaceOnce(
      declared,
      "if (get_user(usize, &ucaps",
      `${members}\n\tif (get_user(usize, &ucaps`,
    );
  },
};

export const NULL_DEREFERENCE: Defect = {
  name: "a NULL dereference on one op",
  edit: beforeNode(
    "if (hint.op == HBF_OP_PROMOTE)\n\t\tret = ((volatile struct hbf_hint *)NULL)->pad0;",
  ),
};

export const ENDLESS_LOOP: Defect = {
  name: "an endless loop on one op",
  edit: beforeNode("while (READ_ONCE(hint.op) == HBF_OP_DEMOTE)\n\t\tcpu_relax();"),
};

/** Its complaint is a WARN, too. */
export const BAD_REFCOUNT: Defect = {
  name: "a reference taken to an object without any, on one op",
  edit: (source) =>
    withHeader(
      "refcount",
      beforeNode(
        "if (hint.op == HBF_OP_RELEASE) {\n\t\trefcount_t r = REFCOUNT_INIT(0);\n\n" +
          "\t\trefcount_inc(&r);\n\t}",
      )(source),
    ),
};

export const HUNG_TASK: Defect = {
  name: "a wait that nobody ends, on one op",
  edit: (source) =>
    withHeader(
      "sched",
      beforeNode(
        "if (hint.op == HBF_OP_RELEASE) {\n\t\tset_current_state(TASK_UNINTERRUPTIBLE);\n" +
          "\t\tschedule_timeout(60 * HZ);\n\t}",
      )(source),
    ),
};

/**
 * No operation has this number, and one vector of the default set names it. SIGKILL never reaches
 * init (kernel/signal.c:sig_task_ignored @ 6.12.117); what damaged memory leads to does.
 */
export const INIT_KILLED: Defect = {
  name: "init killed on a hint of one vector",
  edit: (source) => {
    const kill = "if (hint.op == 255)\n\t\tforce_sig(SIGSEGV);";
    const changed = replaceOnce(source, CHECK_HINT, `${kill}\n\t${CHECK_HINT}`);
    return withHeader("sched/signal", changed);
  },
};

export const CHILD_KILLED: Defect = {
  name: "a child of init killed on one op",
  edit: (source) =>
    withHeader(
      "sched/signal",
      beforeNode(
        "if (hint.op == HBF_OP_RELEASE && !is_global_init(current))\n" +
          "\t\tsend_sig(SIGKILL, current, 1);",
      )(source),
    ),
};

/**
 * Of stage v2: a count is read, and written later, without the lock. The window is as long as a
 * turn of a CPU can be; a count in one instruction is never lost where CPUs take turns.
 */
export const LOST_COUNT: Defect = {
  name: "a count that two tasks can lose",
  edit: (source) =>
    replaceOnce(
      source,
      "\tspin_lock(&hf->lock);\n\top->calls++;\n",
      [
        "\t{\n\t\tu64 calls = READ_ONCE(op->calls);\n\t\tu32 spin;\n",
        "\t\tfor (spin = 0; spin < 100; spin++)\n\t\t\tbarrier();",
        "\t\tWRITE_ONCE(op->calls, calls + 1);\n\t}",
        "\tspin_lock(&hf->lock);\n",
      ].join("\n"),
    ),
};

export const LEAK: Defect = {
  name: "memory leaked without end on one op",
  edit: beforeNode("while (READ_ONCE(hint.op) == HBF_OP_PREFETCH)\n\t\talloc_page(GFP_KERNEL);"),
};

export const SYNTAX_ERROR: Defect = {
  name: "a syntax error",
  edit: beforeNode("hint.op = ;"),
};
