import { W1 } from "./message-kinds.ts";
import { defineStaticRow } from "./static-build.ts";

/** gcc with the kernel's W=1 finds nothing new. */
export const t03W1Warnings = defineStaticRow({
  id: "t03-w1-warnings",
  title: "W=1 says nothing new of the files that a patch changes",
  why: "the kernel's test robot builds with W=1 and answers each new warning with a mail",
  source: "Documentation/process/submit-checklist.rst",
  fix: "mend what the warning names",
  bad: "ret = hbf_check(hint); /* and ret is never read */",
  good: "return hbf_check(hint);",
  isOurs: ({ kind }) => W1.includes(kind),
  needs: "gcc",
});
