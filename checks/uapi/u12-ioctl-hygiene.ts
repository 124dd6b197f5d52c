import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import { changedSources } from "../static/changed-sources.ts";
import { defineTextRule } from "../text-rule.ts";

/** Slips of an ioctl handler, and what to say of each. */
const SLIPS: readonly (readonly [RegExp, string])[] = [
  [
    /\bkv?[mz]alloc\([^,]*\*\s*sizeof\b|\bkv?[mz]alloc\(\s*sizeof\([^)]*\)\s*\*/,
    "the size of an array is multiplied without a check; use kcalloc() or array_size()",
  ],
  [
    /\bmemdup_user\([^,]*,[^)]*\*/,
    "the size of an array is multiplied without a check; use memdup_array_user()",
  ],
  [
    /\bget_unused_fd_flags\(\s*0\s*\)|\banon_inode_getfd\(.*,\s*O_RDWR\s*\)/,
    "the new file descriptor survives exec(); pass O_CLOEXEC",
  ],
];

/** Sizes from user space are checked before they are multiplied, and new descriptors close. */
export const u12IoctlHygiene = defineTextRule({
  id: "u12-ioctl-hygiene",
  title: "array sizes are checked for overflow, and new file descriptors are O_CLOEXEC",
  why: "a product that wraps allocates little and copies much",
  source: "Documentation/process/botching-up-ioctls.rst",
  fix: "use kcalloc(), array_size(), memdup_array_user(), and O_CLOEXEC",
  bad: "kmalloc(hint.nr * sizeof(*list), GFP_KERNEL)",
  good: "kmalloc_array(hint.nr, sizeof(*list), GFP_KERNEL)",
  *inMail(mail, { patches }) {
    const patch = patches.find(({ file }) => file === mail.file);
    if (patch === undefined) return;
    for (const file of changedSources(patch, /\.c$/)) {
      for (const { text, line } of addedLines(file)) {
        for (const [slip, what] of SLIPS) if (slip.test(text)) yield { line, what };
      }
    }
  },
});
