import type { Mutant } from "./schemata.ts";

/** Why no vector notices a mutant. */
export interface SurvivorReason {
  /**
   * `equivalent`: nothing that userspace does on this machine tells it, in a kernel that checks
   * itself neither. Any other is asked in such a kernel, and counts when that does not notice it.
   */
  readonly kind: "equivalent" | "out of reach";
  readonly why: string;
}

interface Entry extends SurvivorReason {
  readonly fn: string;
  readonly operator: string;
  /** What that which is changed begins with; and a part of what comes instead, if that matters. */
  readonly before: string;
  readonly after: string;
  /** What the line begins with, where the change itself does not tell which one is meant. */
  readonly line?: string;
}

const NOSPEC = "it matters to speculation only";
const RACE = "only two calls at the same moment show it: vectors run one after the other";
const SAME = "the order of two independent statements";
const NO_MEMORY = "no vector makes an allocation fail; `rfckit verify --build fault` does";
const KILLED = "no vector kills its caller, which the selftest of the series does";
const UNUSED_SIZE = "nothing reads hint->size after it was checked";
const LOCK = /(?:spin|mutex|mmap_read)_(?:un)?lock\(/;
const NO_PAGES = "no page is counted before v3";
const WIDE = "unsigned long has 64 bits here";
const NO_TAGS = "this CPU has no address tags";
const EITHER = "a CPU has protection keys or not, and a mutant may answer as on either";
const ONE_STEP = "both checks are of one step and errno";
const BOTH_SIZES = "no size is too great and too small";
const BELOW = "both are below 4, or neither";
const COMPILER = "the compiler alone looks at it";
const OWN_LINE = "if (ret) return ret;";

const ENTRIES: readonly Entry[] = [
  equivalent("hbf_check_hint", "drop-operand", "overflows_type", "check_add_overflow", WIDE),
  { ...equivalent("hbf_count", "name", "i", "(i ^ 1)", BELOW), line: "if (i >= ARRAY_SIZE" },
  {
    ...equivalent("hbf_read_hint", "name", "usize", "ksize", UNUSED_SIZE),
    line: "hint->size = usize",
  },
  { ...equivalent("hbf_add_stats", "name", "i", "(i ^ 1)", BELOW), line: "for (" },
  ...["pages", "absent", "already", "moved", "skipped", "failed"].map((member) => ({
    ...equivalent("hbf_add_stats", "name", "i", "(i ^ 1)", NO_PAGES),
    line: `sum->op[i].${member} +=`,
  })),
  { ...equivalent("stats_show", "name", "i", "(i ^ 1)", BELOW), line: "for (" },
  ...["sum.op[i].pages", "sum.op[i].already", "sum.op[i].skipped"].map((line) => {
    return { ...equivalent("stats_show", "name", "i", "(i ^ 1)", NO_PAGES), line };
  }),
  equivalent("hbf_check_size", "swap", "*step = HBF_STEP_MAX_SIZE", "", BOTH_SIZES),
  equivalent("hbf_answer", "relation", ">", ">=", "a tail of no bytes is zero"),
  equivalent("hbf_answer", "swap", "if (usize > ksize)", "", "nothing reads size after an error"),
  equivalent("hbf_vma_populates", "swap", "if (!(vma->vm_flags & VM_READ)", "", ONE_STEP),
  equivalent("hbf_check_vma", "swap", "if (vma->vm_flags & VM_HUGETLB)", "", ONE_STEP),
  equivalent("hbf_check_vma", "swap", "if (!vma_migratable(vma))", "", ONE_STEP),
  equivalent("hbf_check_vmas", "swap", OWN_LINE, "", "nothing reads addr after an error"),
  equivalent("hbf_check_vmas", "swap", "addr = vma->vm_end; cond_resched();", "", SAME),
  equivalent("hbf_count", "swap", "if (i >= ARRAY_SIZE", "", "the pointer is not used before"),
  equivalent("hbf_count", "swap", "op = &hf->stats.op", "spin_lock", SAME),
  equivalent("hbf_count", "swap", "op->calls++; if (ret)", "", SAME),
  equivalent("hbf_release", "constant", "0", "1", "nobody looks at what release returns"),
  equivalent("hbf_check_node", "drop", "nid = array_index_nospec", "", NOSPEC),
  equivalent("hbf_check_node", "swap", "nid = array_index_nospec", "", NOSPEC),
  equivalent("hbf_check_node", "name", "MAX_NUMNODES", "(MAX_NUMNODES + 1)", NOSPEC),
  equivalent("hbf_check_node", "name", "MAX_NUMNODES", "(2 * MAX_NUMNODES)", NOSPEC),
  equivalent("hbf_read_hint", "drop", "hint->size = usize", "", UNUSED_SIZE),
  equivalent("hbf_read_hint", "swap", OWN_LINE, "hint->size = usize; if", UNUSED_SIZE),
  equivalent("hbf_read_hint", "swap", "hint->size = usize; return 0;", "", UNUSED_SIZE),
  equivalent("hbf_open", "swap", "spin_lock_init(&hf->lock); file->private_data", "", SAME),
  equivalent("hbf_open", "swap", "file->private_data = hf", "", SAME),
  equivalent("hbf_open", "constant", "sizeof(*hf)", "+ 8", "more memory than is used"),
  equivalent("hbf_release", "swap", "list_del(&hf->list); hbf_add", "", SAME),
  equivalent("hbf_release", "swap", "mutex_unlock(&hbf_files_lock); kfree", "", SAME),
  equivalent("stats_show", "swap", "mutex_unlock(&hbf_files_lock); seq_puts", "", SAME),
  ...["pages", "absent", "already", "moved", "skipped", "failed"].map((member) =>
    equivalent("hbf_add_stats", "drop", `sum->op[i].${member} +=`, "", NO_PAGES),
  ),
  equivalent("hbf_add_stats", "swap", "sum->op[i]", "", SAME),
  equivalent("hbf_ioctl_hint", "swap", "if (ret) trace_hbf_hint_reject", "", SAME),
  equivalent("hbf_ioctl_hint", "swap", "trace_hbf_hint_enter", "", "no event is between before v3"),
  equivalent("hbf_ioctl", "drop", "BUILD_BUG_ON", "", COMPILER),
  equivalent("hbf_ioctl", "swap", "BUILD_BUG_ON", "", COMPILER),
  { ...equivalent("hbf_ioctl", "name", "HBF_IOC_HINT", "^", COMPILER), line: "BUILD_BUG_ON" },
  equivalent("stats_show", "drop", "static_assert", "", COMPILER),
  equivalent("hbf_ioctl_hint", "swap", "hbf_count(file->private_data", "", SAME),
  equivalent("hbf_check_range", "drop", "start = untagged_addr", "", NO_TAGS),
  equivalent("hbf_check_range", "swap", "start = untagged_addr", "", NO_TAGS),
  outOfReach("hbf_check_range", "drop", "*step = HBF_STEP_LOCK", "", KILLED),
  outOfReach("hbf_check_range", "name", "HBF_STEP_LOCK", "", KILLED),
  outOfReach("hbf_check_vmas", "drop", "cond_resched", "", "only how long others wait shows it"),
  outOfReach("hbf_vma_populates", "drop", "if (!arch_vma_access_permitted", "", EITHER),
  outOfReach("hbf_check_range", "errno", "-EINTR", "", KILLED),
  outOfReach("hbf_open", "drop", "if (!hf)", "", NO_MEMORY),
  outOfReach("hbf_open", "drop", "spin_lock_init", "", "a lock of zeroes is an unlocked one"),
  outOfReach("hbf_open", "swap", "if (!hf) return -ENOMEM; spin_lock_init", "", NO_MEMORY),
  outOfReach("hbf_open", "errno", "-ENOMEM", "", NO_MEMORY),
  outOfReach("hbf_open", "constant", "sizeof(*hf)", "- 8", "the allocator rounds the size up"),
  outOfReach("hbf_open", "name", "GFP_KERNEL_ACCOUNT", "", "only the memory cgroup shows it"),
  outOfReach("hbf_release", "drop", "kfree", "", "a leak of some bytes"),
  outOfReach("hbf_release", "swap", "kfree(hf); return", "", "a leak of some bytes"),
];

function equivalent(
  fn: string,
  operator: string,
  before: string,
  after: string,
  why: string,
): Entry {
  return { kind: "equivalent", fn, operator, before, after, why };
}

function outOfReach(
  fn: string,
  operator: string,
  before: string,
  after: string,
  why: string,
): Entry {
  return { kind: "out of reach", fn, operator, before, after, why };
}

/** The reason that was found for a survivor. */
export function reasonFor(mutant: Mutant): SurvivorReason | undefined {
  const entry = ENTRIES.find(
    ({ fn, operator, before, after, line = "" }) =>
      mutant.lineText.startsWith(line) &&
      fn === mutant.fn &&
      operator === mutant.operator &&
      mutant.before.startsWith(before) &&
      mutant.after.includes(after),
  );
  if (entry !== undefined) return entry;
  return LOCK.test(mutant.before) ? { kind: "out of reach", why: RACE } : undefined;
}
