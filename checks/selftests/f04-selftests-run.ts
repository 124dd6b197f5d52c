import { defineUnchecked } from "../unchecked.ts";

/** A new selftest passes on the new kernel. */
export const f04SelftestsRun = defineUnchecked({
  id: "f04-selftests-run",
  title: "the selftests of the series run in a guest and pass",
  why: "a test that nobody has run tests nothing",
  source: "Documentation/dev-tools/kselftest.rst",
  missing: "rfckit boots vectors of the model, not kselftests",
  howToGet: "make kselftest TARGETS=mm, by hand in a guest",
  fix: "run the selftest on the kernel of the tip",
  bad: "not ok 3 hbf_ctl",
  good: "ok 3 hbf_ctl",
});
