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

const OTHERS = "only another task changes mappings or pages between two looks at them: storms do";
const KILLED = "only a fatal signal, after which no vector goes on: storms have it";
const TWO_NODES = "with two nodes there is one top node, and one node that pages can leave";
const ISOLATED = "one CPU carries the vectors out, so no list of another one holds a page back";
const POPULATED = "populating fails, or waits without the lock, when there is no memory";
const NO_MEMORY = "no vector makes the allocation fail of what a batch is noted in";
const INLINED = "a branch of an inlined function, which the compiler moved here";

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
  { fn: "hbf_cold_batch", code: /do_madvise|skipped/, why: OTHERS },
  { fn: "hbf_make_cold", code: /fatal_signal_pending/, why: KILLED },
  { fn: "hbf_nearest_top_node", code: /./, why: TWO_NODES },
  { fn: "hbf_choose_node", code: /node_isset/, why: "halves of test_bit() for constant arguments" },
  { fn: "hbf_add_span", code: /span\[-1\]\.nid/, why: TWO_NODES },
  { fn: "hbf_is_taken", code: /./, why: ISOLATED },
  { fn: "hbf_isolate", code: /folio_isolate_lru/, why: ISOLATED },
  { fn: "hbf_take_pages", code: /hbf_isolate|drained|failed/, why: ISOLATED },
  { fn: "hbf_collect_huge", code: /PAGE_SHIFT/, why: INLINED },
  { fn: "hbf_collect_huge", code: /pmd_present|absent|return true/, why: OTHERS },
  { fn: "hbf_collect_pmd", code: /!first|ACTION_AGAIN|return 0/, why: OTHERS },
  { fn: "hbf_collect_pmd", code: /!taken/, why: ISOLATED },
  {
    fn: "hbf_collect",
    code: /hbf_check_vma|next > addr|skipped|addr == stop|continue/,
    why: OTHERS,
  },
  { fn: "hbf_collect", code: /walk_page_range_vma|stopped/, why: ISOLATED },
  { fn: "hbf_migrate_from", code: /nid == src/, why: TWO_NODES },
  { fn: "hbf_migrate", code: /== nid/, why: TWO_NODES },
  { fn: "hbf_move_batch", code: /mmap_read_lock_killable/, why: KILLED },
  { fn: "hbf_move_batch", code: /addr < end|lru_add_drain_all|drained/, why: ISOLATED },
  { fn: "hbf_populate", code: /mmap_read_lock_killable/, why: KILLED },
  {
    fn: "hbf_populate",
    code: /!vma|\*addr = (?:end|stop)|break|hbf_check_vma|continue/,
    why: OTHERS,
  },
  { fn: "hbf_populate", code: /nr <= 0|if \(locked\)|EFAULT/, why: POPULATED },
  { fn: "hbf_give_up", code: /./, why: POPULATED },
  { fn: "hbf_move_range", code: /fatal_signal_pending|EINTR/, why: KILLED },
  { fn: "hbf_move_range", code: /addr == stop|hbf_give_up|return end/, why: POPULATED },
  { fn: "hbf_move", code: /kvmalloc|!mv|return 0/, why: NO_MEMORY },
  { fn: "hbf_move", code: /EINTR/, why: KILLED },
  { fn: "hbf_return_results", code: /copy_to_user/, why: OBJECT_SIZE },
  { fn: "hbf_ioctl_hint", code: /ret \?: err/, why: KILLED },
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
