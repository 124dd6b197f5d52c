import { defineUnchecked } from "../unchecked.ts";

/** What needs an analyzer that Debian's default machine lacks. */
export const t10MoreAnalyzers = defineUnchecked({
  id: "t10-more-analyzers",
  title: "coccinelle, smatch and clang say nothing new",
  why: "each of them finds what the others do not",
  source: "Documentation/dev-tools/coccinelle.rst",
  missing: "rfckit does not call coccinelle, smatch or clang yet",
  howToGet: "make coccicheck MODE=report M=mm, by hand",
  fix: "mend what the analyzer names",
  bad: "kfree() of what devm_kzalloc() gave",
  good: "make coccicheck MODE=report M=mm without a report",
});
