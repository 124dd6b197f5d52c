import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { type Member, parseStructs } from "./parse-header.ts";
import { headersAtTip } from "./uapi-headers.ts";

const FIXED = new RegExp(
  "^__(?:[us]|aligned_[us]|le|be)(?:8|16|32|64)$|^(?:unsigned |signed )?char$" +
    "|^(?:struct|union) \\w+$",
);

/** What programs and kernel exchange has the same size for both. */
export const u02FixedWidthTypes = defineTextRule({
  id: "u02-fixed-width-types",
  title: "UAPI structs have members of fixed width only",
  why: "long, pointers, enums and bitfields differ between ABIs and compilers",
  source: "Documentation/driver-api/ioctl.rst",
  fix: "use __u8 to __u64 and __s8 to __s64; carry a pointer in a __u64",
  bad: "unsigned long addr;",
  good: "__u64 addr;",
  async inSeries(context) {
    const found: SightingIn[] = [];
    for (const header of await headersAtTip(context)) {
      for (const member of parseStructs(header.lines).flatMap(({ members }) => members)) {
        const place = header.addedAt(member.text);
        const what = problemOf(member);
        if (place !== undefined && what !== undefined) found.push({ ...place, what });
      }
    }
    return found;
  },
});

function problemOf({ type, name, isPointer, isBitfield }: Member): string | undefined {
  if (isPointer) return `member '${name}' is a pointer`;
  if (isBitfield) return `member '${name}' is a bitfield`;
  return FIXED.test(type) ? undefined : `member '${name}' is '${type}', which has no fixed width`;
}
