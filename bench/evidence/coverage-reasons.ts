/** A line of code with a branch that was never taken. */
export interface Uncovered {
  /** The function that it is in; empty outside of all. */
  readonly fn: string;
  readonly code: string;
}

/** Why vectors leave a branch of the series' code alone. */
interface Reason {
  readonly fn: string;
  /** In the line of code. */
  readonly code: RegExp;
  readonly why: string;
}

const BEFORE_V3 = "no hint succeeds before v3";
const OBJECT_SIZE = "inlined checks of how much to copy, which is never more than the struct";

/**
 * By function and line: the same words elsewhere need a reason of their own. What the compiler
 * inlines is counted for the line that it was moved to.
 */
const REASONS: readonly Reason[] = [
  { fn: "hbf_ioctl_caps", code: /copy_to_user/, why: OBJECT_SIZE },
  { fn: "hbf_answer", code: /copy_to_user/, why: OBJECT_SIZE },
  { fn: "hbf_read_hint", code: /HBF_STEP_COPY|copy_struct_from_user/, why: OBJECT_SIZE },
  {
    fn: "hbf_check_node",
    code: /array_index_nospec|HBF_STEP_NODE_MEMORY/,
    why: "inlined array_index_nospec(): what would be masked is refused before it, at step 13",
  },
  { fn: "hbf_check_node", code: /node_isset/, why: "halves of test_bit() for constant arguments" },
  {
    fn: "hbf_check_range",
    code: /mmap_read_lock_killable/,
    why: "a process that is killed while it waits has nobody to tell",
  },
  { fn: "hbf_count", code: /^if \(ret\)$/, why: BEFORE_V3 },
  { fn: "hbf_ioctl_hint", code: /^if \(ret\)$/, why: BEFORE_V3 },
  {
    fn: "hbf_open",
    code: /^if \(!hf\)$/,
    why: "no memory for the counters: the build 'fault' has it",
  },
  { fn: "hbf_init", code: /^if \(ret\)$/, why: "registering the device at boot does not fail" },
];

/** The reason for a line of code, or that there is none. */
export function reasonFor({ fn, code }: Uncovered): string {
  const found = REASONS.find((reason) => reason.fn === fn && reason.code.test(code));
  return found?.why ?? "none is known";
}

const FUNCTION = /^[a-z][^;=]*?\b(\w+)\(/;

/** The line with the function that it is in, which begins with the last name at a line's start. */
export function uncoveredAt(source: readonly string[], line: number): Uncovered {
  const above = source.slice(0, line).findLast((text) => FUNCTION.test(text) || text === "}");
  const fn = FUNCTION.exec(above ?? "")?.[1] ?? "";
  return { fn, code: (source[line - 1] ?? "").trim() };
}
