import type { Mutant } from "./schemata.ts";

/** Why no vector notices a mutant. */
export interface SurvivorReason {
  /** `equivalent`: userspace can't tell it on this machine, by any means. */
  readonly kind: "equivalent" | "out of reach";
  readonly why: string;
}

interface Entry extends SurvivorReason {
  readonly fn: string;
  readonly operator: string;
  /** A part of what the change removes; and of what it puts there, if that matters. */
  readonly before: string;
  readonly after: string;
}

const NOSPEC = "it matters to speculation only";
const ONE_CALLER = "vectors run one after the other";
const SAME = "the order of two independent statements";
const NO_MEMORY = "no vector can make the allocation fail";
const UNUSED_SIZE = "nothing reads hint->size after it was checked";
const LOCK = /(?:spin|mutex|mmap_read)_(?:un)?lock\(/;
const NO_PAGES = "no page is counted before v3";

const ENTRIES: readonly Entry[] = [
  equivalent(
    "hbf_check_hint",
    "drop-operand",
    "overflows_type",
    "",
    "unsigned long has 64 bits here",
  ),
  equivalent("hbf_count", "name", "i", "(i ^ 1)", "both are below 4, or neither"),
  equivalent(
    "hbf_check_size",
    "swap",
    "size > PAGE_SIZE",
    "",
    "no size is too great and too small",
  ),
  equivalent("hbf_answer", "relation", ">", ">=", "a tail of no bytes is zero"),
  equivalent("hbf_answer", "swap", "*size = min", "", "nothing reads size after an error"),
  equivalent("hbf_check_vma", "swap", "VM_HUGETLB", "", "both checks are of one step and errno"),
  equivalent(
    "hbf_check_vma",
    "swap",
    "vma_migratable",
    "",
    "both checks are of one step and errno",
  ),
  equivalent(
    "hbf_check_vmas",
    "swap",
    "addr = vma->vm_end",
    "",
    "nothing reads addr after an error",
  ),
  equivalent("hbf_count", "swap", "op = &hf->stats.op", "", "the pointer is not used before"),
  equivalent("hbf_release", "constant", "0", "1", "nobody looks at what release returns"),
  equivalent("hbf_read_hint", "name", "usize", "ksize", UNUSED_SIZE),
  equivalent("hbf_check_node", "drop", "array_index_nospec", "", NOSPEC),
  equivalent("hbf_check_node", "swap", "nid = array_index_nospec", "", NOSPEC),
  equivalent("hbf_check_node", "name", "MAX_NUMNODES", "(MAX_NUMNODES + 1)", NOSPEC),
  equivalent("hbf_check_node", "name", "MAX_NUMNODES", "(2 * MAX_NUMNODES)", NOSPEC),
  equivalent("hbf_count", "swap", "op = &hf->stats", "spin_lock", SAME),
  equivalent("hbf_count", "swap", "op->calls++; if (ret)", "", SAME),
  equivalent("hbf_read_hint", "drop", "hint->size = usize", "", UNUSED_SIZE),
  equivalent("hbf_read_hint", "swap", "hint->size = usize", "", UNUSED_SIZE),
  equivalent("hbf_open", "drop", "spin_lock_init", "", "a lock of zeroes is unlocked on x86-64"),
  equivalent("hbf_open", "swap", "spin_lock_init(&hf->lock); hf->stats", "", SAME),
  equivalent("hbf_open", "swap", "file->private_data = hf", "", SAME),
  equivalent("hbf_open", "constant", "sizeof(*hf)", "", "the allocator rounds the size up"),
  equivalent("hbf_release", "swap", "list_del(&hf->list); hbf_add", "", SAME),
  ...["pages", "absent", "already", "moved", "skipped", "failed"].map((member) =>
    equivalent("hbf_add_stats", "drop", `sum->op[i].${member} +=`, "", NO_PAGES),
  ),
  equivalent("hbf_add_stats", "swap", "sum->op[i]", "", SAME),
  outOfReach("hbf_ioctl_hint", "arithmetic", "-", "+", "how long a hint took is a clock's matter"),
  outOfReach("hbf_check_node", "name", "N_MEMORY", "N_ONLINE", "every online node has memory here"),
  outOfReach("hbf_check_range", "drop", "untagged_addr", "", "this CPU has no address tags"),
  outOfReach("hbf_check_range", "swap", "untagged_addr_remote(mm, start); ret", "", "as before"),
  outOfReach("hbf_check_range", "errno", "-EINTR", "", "a fatal signal leaves nobody to ask"),
  outOfReach("hbf_open", "drop", "if (!hf)", "", NO_MEMORY),
  outOfReach("hbf_open", "swap", "if (!hf) return -ENOMEM; spin_lock_init", "", NO_MEMORY),
  outOfReach("hbf_open", "errno", "-ENOMEM", "", NO_MEMORY),
  outOfReach("hbf_open", "name", "GFP_KERNEL_ACCOUNT", "", "only the memory cgroup shows it"),
  outOfReach("hbf_release", "drop", "kfree", "", "a leak of some bytes"),
  outOfReach("hbf_release", "swap", "kfree(hf); return", "", "a leak, as before"),
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
    ({ fn, operator, before, after }) =>
      fn === mutant.fn &&
      operator === mutant.operator &&
      mutant.before.includes(before) &&
      mutant.after.includes(after),
  );
  if (entry !== undefined) return entry;
  return LOCK.test(mutant.before) ? { kind: "out of reach", why: ONE_CALLER } : undefined;
}
