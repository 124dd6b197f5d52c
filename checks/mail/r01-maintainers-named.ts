import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { hasRecipients, maintainersOfAll, namedFor } from "./get-maintainers.ts";

/** Where everything goes when nobody answers for a file. */
const CATCH_ALL = "linux-kernel@vger.kernel.org";

/** Whoever answers for the changed files gets the patch. */
export const r01MaintainersNamed = defineTextRule({
  id: "r01-maintainers-named",
  title: "To and Cc have everybody whom get_maintainer.pl names",
  why: "a patch that its maintainer does not get is not applied",
  source: "Documentation/process/submitting-patches.rst",
  fix: "add what scripts/get_maintainer.pl --nogit --nogit-fallback --norolestats says",
  bad: "Cc: linux-kernel@vger.kernel.org (alone, of a patch for mm/)",
  good: "Cc: linux-mm@kvack.org, linux-kernel@vger.kernel.org",
  cost: "seconds",
  async inSeries(context) {
    const isAddressed = hasRecipients(context);
    const found = await maintainersOfAll(context);
    return found.flatMap(({ mail, addresses }): SightingIn[] => {
      const line = mail.parsed.rawSubject.line;
      if (!addresses.some((one) => one !== CATCH_ALL)) {
        const what = `get_maintainer.pl names nobody but ${CATCH_ALL} for the patch`;
        return [{ mail, line: mail.parsed.files[0]?.line ?? line, what }];
      }
      // Mails without recipients get all of them from whoever sends them.
      const named = isAddressed ? namedFor(context, mail) : addresses;
      const missing = addresses.filter((one) => !named.includes(one));
      return missing.map((one) => ({ mail, line, what: `'${one}' is neither in To nor in Cc` }));
    });
  },
});
