import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { layOut, type StructLayout } from "./layout.ts";
import { parseStructs, type Struct } from "./parse-header.ts";
import { type HeaderAtTip, headersAtTip } from "./uapi-headers.ts";

/** A struct has the same layout everywhere, and no bytes without a name. */
export const u04NoHiddenPadding = defineTextRule({
  id: "u04-no-hidden-padding",
  title: "UAPI structs have no implicit padding",
  why: "padding differs between 32-bit and 64-bit, and leaks what was in the kernel's memory",
  source: "Documentation/driver-api/ioctl.rst",
  fix: "order members by size, and name the rest '__u32 pad;', which must be zero",
  bad: "__u32 op;\n__u64 start;",
  good: "__u32 op;\n__u32 pad;\n__u64 start;",
  async inSeries(context) {
    return (await headersAtTip(context)).flatMap(checkHeader);
  },
});

function checkHeader(header: HeaderAtTip): SightingIn[] {
  const known = new Map<string, StructLayout>();
  return parseStructs(header.lines).flatMap((struct) => {
    const layout = layOut(struct, known);
    if ("unknown" in layout) {
      const what = `the layout of '${struct.name}' can't be told because of this line`;
      return at(header, struct, layout.unknown.text, what);
    }
    known.set(`${struct.kind} ${struct.name}`, layout);
    return layout.holes.flatMap(({ before, bytes }) => {
      const where = before === undefined ? "at its end" : `before '${before.name}'`;
      const what = `'${struct.name}' has ${bytes} bytes of padding ${where}`;
      return at(header, struct, (before ?? struct.members.at(-1))?.text ?? struct.text, what);
    });
  });
}

/** At the member when the series adds it, else at any member that it adds; none: not our struct. */
function at(header: HeaderAtTip, struct: Struct, text: string, what: string): SightingIn[] {
  const texts = [text, struct.text, ...struct.members.map((member) => member.text)];
  const place = texts.map((one) => header.addedAt(one)).find((one) => one !== undefined);
  return place === undefined ? [] : [{ ...place, what }];
}
