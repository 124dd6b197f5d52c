import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import type { ReviewContext } from "../context.ts";
import { changedSources } from "../static/changed-sources.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { accessesOf } from "./ioctl-accesses.ts";
import { newIoctls } from "./ioctl-numbers.ts";
import { type IoctlMacro, parseIoctls } from "./parse-header.ts";
import { headerChanges } from "./uapi-headers.ts";

const TYPE =
  /^(?:(?:struct|union) \w+|__[us](?:8|16|32|64)|int|unsigned int|__aligned_u64)(?:\[\w+\])?$/;

/** The numbers of ioctls are made by the macros, with a type for the size and a true direction. */
export const u05IoctlMacros = defineTextRule({
  id: "u05-ioctl-macros",
  title: "ioctl numbers are made with _IO, _IOR, _IOW or _IOWR, with a type and true directions",
  why: "the number carries size and direction, which strace and the compat layer read from it",
  source: "Documentation/driver-api/ioctl.rst",
  fix:
    "_IOWR(MAGIC, number, struct type): the macro takes the sizeof itself; W when the program " +
    "writes the argument and the kernel reads it, R when the kernel writes it",
  bad: "#define HBF_IOC_HINT _IOWR(0xBB, 1, sizeof(struct hbf_hint))",
  good: "#define HBF_IOC_HINT _IOWR(HBF_IOC_MAGIC, 1, struct hbf_hint)",
  async inSeries(context) {
    const found: SightingIn[] = headerChanges(context).flatMap(({ mail, file }) =>
      addedLines(file).flatMap((line) => {
        const [ioctl] = parseIoctls([line]);
        const what = ioctl === undefined ? problemOfNumber(line.text) : problemOf(ioctl);
        return what === undefined ? [] : [{ mail, line: line.line, what }];
      }),
    );
    // A number that is not even well formed has no direction.
    return found.length > 0 ? found : await wrongDirections(context);
  },
});

/**
 * Commands whose code reads or writes what the argument points to, and whose number does not say
 * so. A direction that nothing uses yet is no finding: it may be kept for what comes later.
 */
async function wrongDirections(context: ReviewContext): Promise<SightingIn[]> {
  const paths = context.patches.flatMap((mail) =>
    changedSources(mail, /\.c$/)
      .filter((file) => addedLines(file).some(({ text }) => /^\s*case \w+:/.test(text)))
      .map(({ path }) => path),
  );
  if (paths.length === 0 || headerChanges(context).length === 0) return [];
  const texts = await Promise.all([...new Set(paths)].map(context.effects.tipText));
  const files = texts.map((text) => accessesOf(text ?? ""));
  return (await newIoctls(context)).flatMap(({ name, macro, mail, line }): SightingIn[] => {
    const { reads, writes } = files.find((one) => one.has(name))?.get(name) ?? {};
    const does = [
      ...(reads === undefined || /W/.test(macro) ? [] : [`reads (${reads}), so it needs _IOW`]),
      ...(writes === undefined || /R/.test(macro) ? [] : [`writes (${writes}), so it needs _IOR`]),
    ];
    return does.map((one) => ({
      mail,
      line,
      what: `'${name}' is ${macro}, and its code ${one} or _IOWR`,
    }));
  });
}

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
