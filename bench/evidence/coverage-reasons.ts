/** Why vectors leave a branch of the series' code alone. */
interface Reason {
  /** In the line of code. */
  readonly code: RegExp;
  readonly why: string;
}

/** Looked through in order. A line that none of them knows has no reason, and the page says so. */
const REASONS: readonly Reason[] = [
  { code: /mmap_read_lock_killable/, why: "a fatal signal while waiting leaves nobody to tell" },
  {
    code: /array_index_nospec/,
    why: "the mask lets an index in bounds pass; else only speculation",
  },
  { code: /node_isset|node_state/, why: "halves of test_bit() for constant arguments" },
  {
    code: /copy_to_user|copy_struct_from_user/,
    why: "checks of the object's size can't fail here",
  },
  { code: /kzalloc|!hf\)|-ENOMEM/, why: "no memory for the counters: the build 'fault' has it" },
  { code: /userfaultfd_minor/, why: "no vector registers for minor faults: hbf_ctl does" },
  { code: /vma_is_secretmem/, why: "no vector maps secret memory: hbf_ctl does" },
  { code: /arch_vma_access_permitted/, why: "no vector has a protection key: hbf_ctl has" },
  { code: /cond_resched/, why: "the kernel of the vectors is preempted elsewhere, or not at all" },
  { code: /trace_hbf_/, why: "the events are off while vectors run: hbf_ctl turns them on" },
  { code: /stats_show|seq_p|names\[|hbf_files|list_for_each|hbf_closed/, why: "read by hbf_ctl" },
  { code: /misc_register|return ret;/, why: "registering the device at boot does not fail" },
];

/** The reason for a line of code, or that there is none. */
export function reasonFor(code: string): string {
  return REASONS.find((reason) => reason.code.test(code))?.why ?? "none is known";
}
