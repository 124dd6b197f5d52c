import { defineTextRule, letterOf, requireLetter } from "../text-rule.ts";

/** Below this nobody asks. */
const FREE_BYTES = 16 * 1024;

/** A kernel that grows by much says so in the cover letter. */
export const t12SizeTold = defineTextRule({
  id: "t12-size-told",
  title: `growth of vmlinux by more than ${FREE_BYTES / 1024} KiB is told in the cover letter`,
  why: "every machine that runs the kernel pays for its size",
  source: "Documentation/process/submit-checklist.rst",
  fix: "put the total of scripts/bloat-o-meter vmlinux.old vmlinux.new into the cover letter",
  bad: "40 KiB more, and no word of it",
  good: "vmlinux grows by 41210 bytes (bloat-o-meter)",
  cost: "minutes",
  settle: requireLetter,
  facts: async ({ keys, patches }) => [await keys.build(), patches.at(-1)?.tree ?? ""],
  async inSeries(context) {
    const mail = letterOf(context);
    const { bytes } = await context.effects.growth();
    const isTold = mail?.parsed.message.some(({ text }) => /bloat-o-meter|\bbytes\b/.test(text));
    if (mail === undefined || bytes <= FREE_BYTES || isTold === true) return [];
    const what = `vmlinux grows by ${bytes} bytes and the cover letter does not say so`;
    return [{ mail, line: mail.parsed.rawSubject.line, what }];
  },
});
