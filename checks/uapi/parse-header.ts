import type { TextLine } from "../../tools/lib/patch/parse-trailers.ts";

/** A member of a struct, as it is written. */
export interface Member extends TextLine {
  /** Without `const`, single spaces. */
  readonly type: string;
  readonly name: string;
  readonly isPointer: boolean;
  readonly isBitfield: boolean;
  /** Number of elements, 1 for a plain member; undefined when it is no number here. */
  readonly count: number | undefined;
  /** True for `[]`. */
  readonly isFlexible: boolean;
}

export interface Struct extends TextLine {
  readonly kind: "struct" | "union";
  readonly name: string;
  readonly members: readonly Member[];
  /** The first line between the braces that is no member, comment or directive, if any. */
  readonly unread: TextLine | undefined;
}

const MEMBER = new RegExp(
  [
    "^\\s*(?:const\\s+)?((?:(?:struct|union|enum|unsigned|signed|long|short)\\s+)*\\w+)",
    "(\\s*\\*+\\s*|\\s+)(\\w+)\\s*((?:\\[[^\\]]*\\]\\s*)*)(:\\s*\\w+)?",
    "\\s*(?:__attribute__\\(.*\\)\\s*)?;",
  ].join(""),
);

/** Empty lines, comments and directives. */
const SILENT = /^\s*(?:$|\/[*/]|\*|#)/;

interface OpenParts {
  readonly members: Member[];
  unread: TextLine | undefined;
}

/** The structs and unions of a header that are laid out one member a line, without nesting. */
export function parseStructs(lines: readonly TextLine[]): Struct[] {
  const numbers = parseNumbers(lines);
  const structs: Struct[] = [];
  let open: (Omit<Struct, "members" | "unread"> & OpenParts) | undefined;
  for (const { text, line } of lines) {
    const [, kind, name] = /^(struct|union)\s+(\w+)\s*\{/.exec(text) ?? [];
    if (name !== undefined) {
      const type = kind === "union" ? "union" : "struct";
      open = { kind: type, name, text, line, members: [], unread: undefined };
    } else if (open !== undefined && /^\}/.test(text)) {
      structs.push(open);
      open = undefined;
    } else if (open !== undefined) {
      const member = parseMember({ text, line }, numbers);
      if (member !== undefined) open.members.push(member);
      else if (!SILENT.test(text)) open.unread ??= { text, line };
    }
  }
  return structs;
}

function parseMember(
  { text, line }: TextLine,
  numbers: ReadonlyMap<string, number>,
): Member | undefined {
  const [, type = "", space = "", name = "", dims = "", bits] = MEMBER.exec(text) ?? [];
  if (type === "") return undefined;
  const sizes = [...dims.matchAll(/\[([^\]]*)\]/g)].map(([, size = ""]) => size.trim());
  const values = sizes.map((size) => (/^\d+$/.test(size) ? Number(size) : numbers.get(size)));
  return {
    text,
    line,
    type: type.replaceAll(/\s+/g, " "),
    name,
    isPointer: space.includes("*"),
    isBitfield: bits !== undefined,
    isFlexible: sizes.includes(""),
    count: values.reduce<number | undefined>(
      (all, one) => (all === undefined || one === undefined ? undefined : all * one),
      1,
    ),
  };
}

/** `#define NAME number` of a header. */
export function parseNumbers(lines: readonly { readonly text: string }[]): Map<string, number> {
  const found = lines.flatMap(({ text }): [string, number][] => {
    const [, name, value] =
      /^#\s*define\s+(\w+)\s+\(?(0x[0-9a-fA-F]+|\d+|'.')\)?\s*(?:\/\*.*)?$/.exec(text) ?? [];
    if (name === undefined || value === undefined) return [];
    return [[name, value.startsWith("'") ? value.charCodeAt(1) : Number(value)]];
  });
  return new Map(found);
}

/** An ioctl command that a header defines. */
export interface IoctlMacro extends TextLine {
  readonly name: string;
  readonly macro: "_IO" | "_IOR" | "_IOW" | "_IOWR";
  /** As they are written, without spaces around. */
  readonly args: readonly string[];
}

/** The ioctl commands of a header, each on one line. */
export function parseIoctls(lines: readonly TextLine[]): IoctlMacro[] {
  return lines.flatMap(({ text, line }) => {
    const [, name, macro, args] =
      /^#\s*define\s+(\w+)\s+\(?(_IO|_IOR|_IOW|_IOWR)\((.*)\)/.exec(text) ?? [];
    if (name === undefined || args === undefined) return [];
    const list = args.split(",").map((arg) => arg.trim());
    return [{ text, line, name, macro: macro as IoctlMacro["macro"], args: list }];
  });
}
