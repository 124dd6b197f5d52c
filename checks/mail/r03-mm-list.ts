import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { maintainersOfAll, namedFor } from "./get-maintainers.ts";

const MM =
  /^(?:mm\/|Documentation\/(?:mm|admin-guide\/mm)\/|include\/linux\/(?:mm|gfp|swap)[^/]*\.h)/;
const WANTED = ["linux-mm@kvack.org", "akpm@linux-foundation.org"];

/** What concerns memory management goes to its list and to the maintainer of its tree. */
export const r03MmList = defineTextRule({
  id: "r03-mm-list",
  title: "patches for memory management go to linux-mm and to Andrew Morton",
  why: "get_maintainer.pl leaves both out for a patch to Documentation/mm alone",
  source: "MAINTAINERS",
  fix: "add both to Cc, or a MAINTAINERS entry that covers the files",
  bad: "a patch for Documentation/mm/ that goes to linux-doc alone",
  good: "Cc: linux-mm@kvack.org, akpm@linux-foundation.org",
  cost: "seconds",
  async inSeries(context) {
    const found = await maintainersOfAll(context);
    return found.flatMap(({ mail, addresses }): SightingIn[] => {
      const file = mail.parsed.files.find(({ path }) => MM.test(path));
      if (file === undefined) return [];
      const named = [...namedFor(context, mail), ...addresses];
      return WANTED.filter((one) => !named.includes(one)).map((one) => ({
        mail,
        line: file.line,
        what: `'${one}' does not get the patch, which changes '${file.path}'`,
      }));
    });
  },
});
