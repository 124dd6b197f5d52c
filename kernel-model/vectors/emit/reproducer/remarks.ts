import type { Call } from "../../../machine/calls.ts";
import { MMAP_KINDS } from "../../../machine/mmap-kinds.ts";

interface Remark {
  readonly text: string;
  readonly isAbout: (call: Call) => boolean;
}

const REMARKS: readonly Remark[] = [
  {
    text: "An exec of 32 bits starts this program's path with 32 behind it: build that with -m32.",
    isAbout: (call) => call.op === "exec" && call.bits === 32,
  },
  {
    text: "A mapping of /dev/mem is of its first pages, since no RAM is reserved for it here.",
    isAbout: (call) => call.op === "mmap" && MMAP_KINDS[call.kind]?.name === "devmem",
  },
  {
    text: "Events come from tracefs on /sys/kernel/tracing; tgid and duration_ns vary.",
    isAbout: ({ op }) => op === "trace",
  },
  {
    text: "Totals come from debugfs on /sys/kernel/debug.",
    isAbout: ({ op }) => op === "totals",
  },
  {
    text: "Neighbouring mappings with the same flags are listed one by one.",
    isAbout: ({ op }) => op === "maps",
  },
  {
    text: "Nodes are allowed in a cgroup below /sys/fs/cgroup, which must be cgroup2.",
    isAbout: ({ op }) => op === "cpuset",
  },
  {
    text: "Pages are pinned by CONFIG_GUP_TEST, through debugfs on /sys/kernel/debug.",
    isAbout: ({ op }) => op === "pin",
  },
  {
    text: "Pages are swapped out only if there is swap: swapon(8) something before.",
    isAbout: ({ op }) => op === "swap-out",
  },
  {
    text: "No memory of a node is taken here: fill the node with another program before.",
    isAbout: ({ op }) => op === "fill",
  },
];

/** What the reader of a reproducer must know: what its calls need, what they can't show. */
export function remarksOn(calls: readonly Call[]): readonly string[] {
  return REMARKS.filter(({ isAbout }) => calls.some(isAbout)).map(({ text }) => text);
}
