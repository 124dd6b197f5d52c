import { defineVerifyRow } from "./verify-row.ts";

const BROKEN: readonly string[] = ["splat", "panic", "hang", "guest-oom", "runner-killed"];

/** The kernel boots, runs every vector and complains of nothing. */
export const x01BootsQuietly = defineVerifyRow({
  id: "x01-boots-quietly",
  title: "the kernel boots and runs the vectors without WARN, BUG, Oops or a taint",
  why: "a kernel that complained once cannot be trusted in what it said afterwards",
  source: "Documentation/process/submit-checklist.rst",
  fix: "mend what the console names first",
  bad: "WARNING: CPU: 0 PID: 1 at mm/hbf.c:120",
  good: "a console without a splat",
  problemsIn: ({ kind, detail }) => (BROKEN.includes(kind) ? [`${kind}: ${detail}`] : []),
});
