import { defineTextRule } from "../text-rule.ts";
import { addressOf } from "./sign-offs.ts";

const STABLE = /^stable@(?:vger\.)?kernel\.org$/;

/** A patch for stable says what it fixes, and names the list by its address. */
export const m11StableNeedsFixes = defineTextRule({
  id: "m11-stable-needs-fixes",
  title: "Cc: stable comes with Fixes, and with the right address",
  why: "stable maintainers need to know which kernels have the bug",
  source: "Documentation/process/stable-kernel-rules.rst",
  fix: "add 'Fixes:', and write 'Cc: stable@vger.kernel.org'",
  bad: "Cc: stable@vger.kernel.org",
  good: 'Fixes: 123456789012 ("subject")\nCc: stable@vger.kernel.org',
  *inMail({ parsed: { trailers } }) {
    const hasFixes = trailers.some(({ key }) => key === "Fixes");
    for (const { key, value, line } of trailers) {
      if (key !== "Cc") continue;
      const address = addressOf(value.replace(/\s*#.*$/, ""));
      if (!/^<?stable\b/.test(address)) continue;
      if (!STABLE.test(address)) yield { line, what: `'${address}' is not the stable list` };
      else if (!hasFixes) yield { line, what: "the patch is for stable and has no 'Fixes:'" };
    }
  },
});
