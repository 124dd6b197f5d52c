import { addressOf } from "../message/sign-offs.ts";
import { defineTextRule } from "../text-rule.ts";
import { recipientsOf } from "./recipients.ts";

const NOT_FOR_SERIES: Readonly<Record<string, string>> = {
  "stable@vger.kernel.org": "stable takes a 'Cc:' tag in the patch, not mail",
  "stable@kernel.org": "stable takes a 'Cc:' tag in the patch, not mail",
  "torvalds@linux-foundation.org": "Linus takes what maintainers send him",
  "torvalds@linuxfoundation.org": "Linus takes what maintainers send him",
  "security@kernel.org": "the security list is for reports that are not public",
};

/** No mail to those who asked not to get series. */
export const r06NotToEverybody = defineTextRule({
  id: "r06-not-to-everybody",
  title: "stable, security and Linus are no recipients",
  why: "these addresses are for other purposes, and get too much mail as it is",
  source: "Documentation/process/submitting-patches.rst",
  fix: "remove the address from recipients and headers",
  bad: "Cc: stable@vger.kernel.org (as a header)",
  good: "Cc: stable@vger.kernel.org (as a tag of a fix)",
  inSeries(context) {
    return recipientsOf(context).flatMap(({ mail, line, text }) => {
      const why = NOT_FOR_SERIES[addressOf(text)];
      return why === undefined ? [] : [{ mail, line, what: `'${text}' is a recipient: ${why}` }];
    });
  },
});
