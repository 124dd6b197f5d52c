/** A finding, whether it is true, and why: by looking into the 6.12.117 tree. */
export type GoldFinding = readonly [finding: string, label: "true" | "false", reason: string];

/** Every finding of the default profile in the 46 documents of Documentation/mm. */
export const GOLD: readonly GoldFinding[] = [
  ["allocation-profiling.rst:12:1 missing-blank-line", "true", "the options are one paragraph"],
  ["allocation-profiling.rst:77:1 missing-blank-line", "true", "the steps are one paragraph"],
  ["allocation-profiling.rst:93:1 missing-blank-line", "true", "the steps are one paragraph"],
  ["balance.rst:47:5 undefined-function", "true", "no source file has memclass()"],
  ["balance.rst:66:37 undefined-function", "true", "no source file has it"],
  ["balance.rst:99:16 undefined-function", "true", "the same name again"],
  ["balance.rst:99:44 undefined-function", "true", "no source file has it"],
  [
    "hugetlbfs_reserv.rst:206:56 undefined-function",
    "true",
    "dequeue_huge_page_vma() is dequeue_hugetlb_folio_vma() now",
  ],
  ["ksm.rst:81:4 kernel-doc-reference", "true", "struct mm_slot is ksm_mm_slot now"],
  ["ksm.rst:81:4 kernel-doc-reference", "true", "struct stable_node is ksm_stable_node now"],
  ["ksm.rst:81:4 kernel-doc-reference", "true", "struct rmap_item is ksm_rmap_item now"],
  ["numa.rst:134:19 undefined-function", "true", "the function is cpu_to_node()"],
  ["page_cache.rst:15:11 trailing-whitespace", "true", "a space ends the line"],
  ["slub.rst:352:4 missing-blank-line", "true", "the three files are one paragraph"],
  [
    "split_page_table_lock.rst:37:1 undefined-config",
    "true",
    "no Kconfig file has the symbol any more",
  ],
  ["unevictable-lru.rst:209:14 undefined-function", "true", "it is lru_add() in mm/swap.c now"],
  ["unevictable-lru.rst:402:1 repeated-word", "true", "'the' ends a line and starts the next"],
  [
    "unevictable-lru.rst:472:35 undefined-function",
    "false",
    "the sentence says what kernels did before, when there was such a function",
  ],
  ["vmalloced-kernel-stacks.rst:15:28 malformed-link", "true", "the '_' of the link is missing"],
  ["vmalloced-kernel-stacks.rst:81:1 malformed-link", "true", "the '_' of the link is missing"],
  ["vmalloced-kernel-stacks.rst:110:1 malformed-link", "true", "the '_' of the link is missing"],
  ["vmemmap_dedup.rst:204:1 repeated-word", "true", "'the' ends a line and starts the next"],
];
