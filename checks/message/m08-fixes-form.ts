import { defineTextRule } from "../text-rule.ts";

/** Fixes names a commit by at least 12 digits and by its subject, on one line. */
export const m08FixesForm = defineTextRule({
  id: "m08-fixes-form",
  title: "Fixes is '<12 digits or more> (\"subject\")' on one line",
  why: "stable maintainers and tools follow the tag to decide which kernels need the patch",
  source: "Documentation/process/submitting-patches.rst",
  fix: "git log -1 --abbrev=12 --format='Fixes: %h (\"%s\")' COMMIT",
  bad: "Fixes: 1234567 mm: add the device",
  good: 'Fixes: 123456789012 ("mm: add the device")',
  *inMail({ parsed: { trailers } }) {
    for (const { key, value, line } of trailers) {
      if (key !== "Fixes" || /^[0-9a-f]{12,40} \(".+"\)$/.test(value)) continue;
      yield { line, what: `'Fixes: ${value}' is not '<12 digits> ("subject")'` };
    }
  },
});
