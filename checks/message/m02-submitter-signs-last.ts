import { defineTextRule } from "../text-rule.ts";
import { addressOf, attestUnsigned, signOffsOf } from "./sign-offs.ts";

/** The last Signed-off-by of each patch is the sender's: the path of the patch has no gap. */
export const m02SubmitterSignsLast = defineTextRule({
  id: "m02-submitter-signs-last",
  title: "the last Signed-off-by is that of the sender",
  why: "sign-offs tell the path of a patch, and who posts it is the last of those who handled it",
  source: "Documentation/process/submitting-patches.rst",
  fix: "the one who posts the series signs off last",
  bad: "Signed-off-by of the author alone, posted by somebody else",
  good: "Signed-off-by of the author, then that of the sender",
  settle: (context) =>
    attestUnsigned(context, "that the one who posts the series is the last to sign each patch"),
  *inMail(mail) {
    const last = signOffsOf(mail).at(-1);
    const sender = mail.parsed.headers.find(({ name }) => name === "from")?.value ?? "";
    if (last !== undefined && addressOf(last.value) !== addressOf(sender)) {
      yield { line: last.line, what: `the last to sign off is not the sender '${sender}'` };
    }
  },
});
