import { addressOf } from "../message/sign-offs.ts";
import { defineTextRule } from "../text-rule.ts";
import { recipientsOf } from "./recipients.ts";

const LIST = "linux-api@vger.kernel.org";
const UAPI = /^(?:include\/uapi\/|arch\/[^/]+\/include\/uapi\/|Documentation\/ABI\/)/;

/** Changes of the interface to user space go to linux-api. */
export const r02LinuxApi = defineTextRule({
  id: "r02-linux-api",
  title: `a change of include/uapi or Documentation/ABI goes to ${LIST}`,
  why: "get_maintainer.pl does not name this list, its entry in MAINTAINERS excludes include/uapi",
  source: "Documentation/process/submit-checklist.rst",
  fix: `add ${LIST} to recipients.cc in patches/series.yaml`,
  bad: "a series that changes include/uapi, without the list",
  good: `recipients: { cc: [${LIST}] }`,
  inSeries(context) {
    if (recipientsOf(context).some(({ text }) => addressOf(text) === LIST)) return [];
    return context.patches.flatMap((mail) => {
      const file = mail.parsed.files.find(({ path }) => UAPI.test(path));
      if (file === undefined) return [];
      return [{ mail, line: file.line, what: `'${file.path}' changes, and ${LIST} is not told` }];
    });
  },
});
