import { defineVerifyRow } from "./verify-row.ts";

/** The lock checker has lived to the end. */
export const x03LockdepAlive = defineVerifyRow({
  id: "x03-lockdep-alive",
  title: "lockdep is still on when the vectors are done",
  why: "lockdep says one thing and then switches itself off",
  source: "Documentation/process/submit-checklist.rst",
  build: "debug",
  fix: "mend what lockdep said first",
  bad: "debug_locks: 0",
  good: "debug_locks: 1",
  problemsIn: ({ kind, detail }) => (kind === "splat" && /lockdep/.test(detail) ? [detail] : []),
});
