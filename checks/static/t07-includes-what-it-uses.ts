import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { changedSources } from "./changed-sources.ts";

/** Facilities and the header that declares each, for those that come in by accident elsewhere. */
const HEADER_OF: readonly (readonly [RegExp, string])[] = [
  [/\bk[mzc]alloc\(|\bkfree\(|\bkmem_cache_/, "linux/slab.h"],
  [/\bvmalloc\(|\bvfree\(|\bvzalloc\(/, "linux/vmalloc.h"],
  [/\bcopy_(?:to|from)_user\(|\b[gp]et_user\(/, "linux/uaccess.h"],
  [/\bmutex_(?:un)?lock\(|\bDEFINE_MUTEX\(/, "linux/mutex.h"],
  [/\bspin_(?:un)?lock\w*\(|\bDEFINE_SPINLOCK\(/, "linux/spinlock.h"],
  [/\bmodule_param(?:_named)?\(/, "linux/moduleparam.h"],
  [
    /\bmisc_(?:de)?register\(|\b(?:module|builtin)_misc_device\(|\bstruct miscdevice\b/,
    "linux/miscdevice.h",
  ],
  [/\bdebugfs_create_\w+\(/, "linux/debugfs.h"],
  [/\bseq_(?:printf|puts|write)\(/, "linux/seq_file.h"],
  [/\bproc_create\w*\(/, "linux/proc_fs.h"],
  [/\bkthread_(?:run|stop|create)\(/, "linux/kthread.h"],
  [/\balloc_workqueue\(|\bqueue_work\(|\bINIT_WORK\(/, "linux/workqueue.h"],
  [/\bxa_(?:load|store|erase)\(/, "linux/xarray.h"],
  [/\bwait_event\w*\(|\bwake_up\w*\(/, "linux/wait.h"],
  [/\bregister_sysctl\w*\(/, "linux/sysctl.h"],
  [/\bregister_shrinker\(|\bshrinker_(?:alloc|register)\(/, "linux/shrinker.h"],
  [/\bsort\(\w+, /, "linux/sort.h"],
  [/\bhash_(?:add|for_each)\w*\(/, "linux/hashtable.h"],
];

/** A header that brings another along by promise. */
const BRINGS: Readonly<Record<string, readonly string[]>> = {
  "linux/module.h": ["linux/moduleparam.h"],
};

/** A new file includes the header of each facility that it uses. */
export const t07IncludesWhatItUses = defineTextRule({
  id: "t07-includes-what-it-uses",
  title: "a new C file includes the header of every facility that it uses",
  why: "a header that comes in by way of another is gone with the next clean-up or configuration",
  source: "Documentation/process/submit-checklist.rst",
  fix: "include the header that declares what is used",
  bad: "kzalloc() without #include <linux/slab.h>",
  good: "#include <linux/slab.h>",
  inSeries({ patches }) {
    return patches.flatMap((mail) =>
      changedSources(mail, /\.c$/)
        .filter(({ status }) => status === "added")
        .flatMap((file): SightingIn[] => {
          const lines = addedLines(file);
          const included = lines.flatMap(({ text }) => /^#\s*include <(.+)>/.exec(text)?.[1] ?? []);
          const all = [...included, ...included.flatMap((one) => BRINGS[one] ?? [])];
          return HEADER_OF.flatMap(([pattern, header]): SightingIn[] => {
            const use = lines.find(({ text }) => !/^\s*[/*]/.test(text) && pattern.test(text));
            if (use === undefined || all.includes(header)) return [];
            const name = pattern.exec(use.text)?.[0].replace("(", "()") ?? "";
            return [{ mail, line: use.line, what: `'${name}' is used without <${header}>` }];
          });
        }),
    );
  },
});
