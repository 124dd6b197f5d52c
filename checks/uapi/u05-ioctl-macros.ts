import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import { defineTextRule } from "../text-rule.ts";
import { type IoctlMacro, parseIoctls } from "./parse-header.ts";
import { headerChanges } from "./uapi-headers.ts";

const TYPE =
  /^(?:(?:struct|union) \w+|__[us](?:8|16|32|64)|int|unsigned int|__aligned_u64)(?:\[\w+\])?$/;

/** The numbers of ioctls are made by the macros, with a type for the size. */
export const u05IoctlMacros = defineTextRule({
  id: "u05-ioctl-macros",
  title: "ioctl numbers are made with _IO, _IOR, _IOW or _IOWR and a type",
  why: "the number carries size and direction, which strace and the compat layer read from it",
  source: "Documentation/driver-api/ioctl.rst",
  fix: "_IOWR(MAGIC, number, struct type): the macro takes the sizeof itself",
  bad: "#define HBF_IOC_HINT _IOWR(0xBB, 1, sizeof(struct hbf_hint))",
  good: "#define HBF_IOC_HINT _IOWR(HBF_IOC_MAGIC, 1, struct hbf_hint)",
  inSeries(context) {
    return headerChanges(context).flatMap(({ mail, file }) =>
      addedLines(file).flatMap((line) => {
        const [ioctl] = parseIoctls([line]);
        const what = ioctl === undefined ? problemOfNumber(line.text) : problemOf(ioctl);
        return what === undefined ? [] : [{ mail, line: line.line, what }];
      }),
    );
  },
});

function problemOf({ name, macro, args }: IoctlMacro): string | undefined {
  const [, , type] = args;
  if (macro === "_IO") return args.length === 2 ? undefined : `'${name}': _IO takes no type`;
  if (args.length !== 3 || type === undefined) return `'${name}': ${macro} takes three arguments`;
  if (TYPE.test(type)) return undefined;
  return `'${name}': '${type}' is not a type of fixed width`;
}

function problemOfNumber(text: string): string | undefined {
  const [, name] = /^#\s*define\s+(\w*_IOC_(?!MAGIC)\w+)\s+0x[0-9a-fA-F]+\b/.exec(text) ?? [];
  return name === undefined ? undefined : `'${name}' is a bare number`;
}
