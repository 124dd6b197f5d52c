import type { DocRule } from "../doc-rule.ts";
import { findPaths } from "../index/interfaces.ts";
import { isTranslation } from "../is-translation.ts";
import { findMentions } from "../mentions.ts";

/** What no path and no name of a sysctl is without. */
const MARKS: readonly string[] = ["/sys/", "/proc/", "vm.", "kernel.", "fs.", "net."];
const SYSCTL = /(?<![\w./-])(vm|kernel|fs|net)\.([a-z]\w*_\w+)(?!\w|\.\w|\()/g;

/** A path of /sys or /proc, or a sysctl, that the documents for users do not have. */
export const undocumentedInterface: DocRule = {
  id: "undocumented-interface",
  severity: "warning",
  kinds: ["rst"],
  title: "paths of /sys and /proc, and sysctls, are documented for users",
  why: "what user space may use is in Documentation/ABI, admin-guide or filesystems, or it is gone",
  source: "Documentation/ABI/README",
  needsTree: true,
  examples: [
    { text: "Write to /proc/sys/vm/swappiness or /sys/kernel/mm/ksm/run.\n", finds: [] },
    { text: "Write to /sys/kernel/mm/ksm/gone.\n", finds: ["1:10"] },
    { text: "Set vm.swappiness, not vm.no_such_knob.\n", finds: ["1:24"] },
    { text: "In /sys/kernel/mm/ksm/ and /sys/kernel/debug/any/thing.\n", finds: [] },
  ],
  *check(file, { index }) {
    if (isTranslation(file) || index === undefined) return;
    for (const { text, offset } of findMentions(file, MARKS)) {
      for (const { path, at } of findPaths(text)) {
        if (index.interfaces.isDocumented(path)) continue;
        yield { at: offset + at, what: `no document for users has '${path}'` };
      }
      for (const match of text.matchAll(SYSCTL)) {
        const [name, table, entry] = match;
        if (index.interfaces.isDocumented(`/proc/sys/${table}/${entry}`)) continue;
        yield { at: offset + match.index, what: `no document for users has '${name}'` };
      }
    }
  },
};
