import { isPlain } from "../static/message-kinds.ts";
import { defineStaticRow } from "../static/static-build.ts";

/** A plain build says nothing new. */
export const b04NoNewWarnings = defineStaticRow({
  id: "b04-no-new-warnings",
  title: "no commit adds a warning of a plain build",
  why: "a warning in a file hides the next one, and -Werror builds break on it",
  source: "Documentation/process/5.Posting.rst",
  fix: "mend what the warning names",
  bad: "int unused;",
  good: "every variable read",
  isOurs: ({ kind, severity }) => severity === "warning" && isPlain(kind),
  needs: "gcc",
});
