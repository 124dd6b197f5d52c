import { newSides } from "../../tools/lib/patch/parse-files.ts";
import { defineTextRule } from "../text-rule.ts";

/** A device that takes ioctls takes them from 32-bit programs too. */
export const u08CompatIoctl = defineTextRule({
  id: "u08-compat-ioctl",
  title: "file operations with .unlocked_ioctl have .compat_ioctl",
  why: "without it every ioctl of a 32-bit program on a 64-bit kernel fails with ENOTTY",
  source: "Documentation/driver-api/ioctl.rst",
  fix: "add '.compat_ioctl = compat_ptr_ioctl,' when the structs have one layout",
  bad: ".unlocked_ioctl = hbf_ioctl,",
  good: ".unlocked_ioctl = hbf_ioctl,\n.compat_ioctl = compat_ptr_ioctl,",
  *inMail({ parsed: { files } }) {
    for (const lines of files.filter(({ path }) => /\.[ch]$/.test(path)).flatMap(newSides)) {
      for (const [at, { kind, text, line }] of lines.entries()) {
        if (kind !== "+" || !/\.unlocked_ioctl\s*=/.test(text)) continue;
        const start = lines.findLastIndex((one, index) => index < at && one.text.endsWith("{"));
        const end = lines.findIndex((one, index) => index > at && /^\};/.test(one.text));
        const block = lines.slice(start + 1, end < 0 ? undefined : end);
        if (block.some((one) => /\.compat_ioctl\s*=/.test(one.text))) continue;
        yield { line, what: ".unlocked_ioctl is set, and .compat_ioctl is not" };
      }
    }
  },
});
