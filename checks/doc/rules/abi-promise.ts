import type { DocRule } from "../doc-rule.ts";
import { findSentences, isDenied } from "../sentences.ts";
import { wordPattern } from "../word-pattern.ts";

const PROMISE = wordPattern(
  "gi",
  "stable",
  "will (?:not|never) change",
  "won't change",
  "never changes",
  "backwards?[- ]compatible",
  "forward[- ]compatible",
  "permanent",
);
const INTERFACE = wordPattern(
  "i",
  "k?ABI",
  "UAPI",
  "API",
  "interfaces?",
  "ioctls?",
  "prctl",
  "sysctls?",
  "sysfs",
  "procfs",
  "tracepoints?",
  "struct(?:ure)?",
  "layout",
);

/** A request for comments that promises an interface for good. */
export const abiPromise: DocRule = {
  id: "abi-promise",
  severity: "error",
  kinds: ["rst", "md"],
  title: "a request for comments promises no stable interface",
  why: "a promise has to be kept for ever; Documentation/ABI says which interfaces are stable",
  source: "Documentation/ABI/README",
  examples: [
    { text: "The ioctl interface is stable.\n", finds: ["1:24"] },
    { text: "The layout of the struct will never change.\n", finds: ["1:26"] },
    { text: "This is no stable ABI. The machine is stable.\n", finds: [] },
    { text: "See Documentation/ABI/stable/sysfs-x for the interface.\n", finds: [] },
  ],
  *check(file) {
    for (const { start, text } of findSentences(file)) {
      if (!INTERFACE.test(text)) continue;
      for (const { index, 0: words } of text.matchAll(PROMISE)) {
        const isPath = text.charAt(index - 1) === "/";
        if (isPath || isDenied(text, index)) continue;
        yield { at: start + index, what: `'${words}' promises an interface for good` };
      }
    }
  },
};
