import { defineVerifyRow } from "./verify-row.ts";

/** The race detector has looked. */
export const x06SanitizersQuiet = defineVerifyRow({
  id: "x06-sanitizers-quiet",
  title: "KCSAN is quiet while the vectors run on all CPUs (KASAN, UBSAN: see x02)",
  why: "a data race corrupts memory, sometimes, elsewhere",
  source: "Documentation/dev-tools/kcsan.rst",
  build: "kcsan",
  fix: "mark the access with READ_ONCE() or take the lock",
  bad: "BUG: KCSAN: data-race in hbf_ioctl / hbf_release",
  good: "a quiet console on several CPUs",
  problemsIn: ({ kind, detail }) => (kind === "pass" ? [] : [`${kind}: ${detail}`]),
});
