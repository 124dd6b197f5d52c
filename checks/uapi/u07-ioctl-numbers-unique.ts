import type { BaseLine, ReviewContext } from "../context.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { type NewIoctl, newIoctls, numberOf } from "./ioctl-numbers.ts";
import { layOut, type StructLayout } from "./layout.ts";
import { parseIoctls, parseStructs } from "./parse-header.ts";
import { headersAtTip } from "./uapi-headers.ts";

/** What powerpc, mips, sparc and alpha have room for in a number: 13 bits. */
const MOST_BYTES = 8191;

/** No other UAPI header has the number of a new ioctl, and its size fits into one. */
export const u07IoctlNumbersUnique = defineTextRule({
  id: "u07-ioctl-numbers-unique",
  title: "the number of a new ioctl is used by no other, and has room for its argument",
  why: "the table of numbers is incomplete, the headers are what counts",
  source: "Documentation/driver-api/ioctl.rst",
  fix: "choose a code or number that 'git grep _IO include/uapi' does not show",
  bad: "two commands _IO(0xBB, 1)",
  good: "_IO(0xBB, 1) and _IO(0xBB, 2)",
  baseFiles: ["include/uapi"],
  async inSeries(context) {
    const ioctls = await newIoctls(context);
    const found: SightingIn[] = await tooLarge(ioctls, context);
    for (const [at, ioctl] of ioctls.entries()) {
      const twin = ioctls
        .slice(0, at)
        .find(({ magic, number }) => magic === ioctl.magic && number === ioctl.number);
      const other = twin?.name ?? (await findInBase(ioctl, context.effects.searchBase));
      if (other === undefined) continue;
      const what = `'${ioctl.name}' has the code and number of '${other}'`;
      found.push({ mail: ioctl.mail, line: ioctl.line, what });
    }
    return found;
  },
});

/** Commands whose argument is a struct of their header that does not fit. */
async function tooLarge(
  ioctls: readonly NewIoctl[],
  context: ReviewContext,
): Promise<SightingIn[]> {
  const sizes = new Map<string, number>();
  for (const { path, lines } of await headersAtTip(context)) {
    const known = new Map<string, StructLayout>();
    for (const struct of parseStructs(lines)) {
      const layout = layOut(struct, known);
      if ("unknown" in layout) continue;
      known.set(`${struct.kind} ${struct.name}`, layout);
      sizes.set(`${path} ${struct.kind} ${struct.name}`, layout.size);
    }
  }
  return ioctls.flatMap(({ name, args, header, mail, line }): SightingIn[] => {
    const size = sizes.get(`${header} ${args[2] ?? ""}`) ?? 0;
    const what = `the argument of '${name}' has ${size} bytes, and ${MOST_BYTES} fit`;
    return size > MOST_BYTES ? [{ mail, line, what }] : [];
  });
}

/** The name of a command of the base with the same code and number. */
async function findInBase(
  { magic, number, header }: NewIoctl,
  search: (pattern: string, folder: string) => Promise<BaseLine[]>,
): Promise<string | undefined> {
  if (magic === undefined || number === undefined) return undefined;
  const literals = spellings(magic);
  const defines = await search(
    `define[[:space:]]+\\w+[[:space:]]+\\(?(${literals})`,
    "include/uapi",
  );
  const names = defines.flatMap(({ text, path }): [string, string][] => {
    const name = /define\s+(\w+)/.exec(text)?.[1];
    return name === undefined ? [] : [[name, path]];
  });
  const codes = [literals, ...names.map(([name]) => name)].join("|");
  const users = await search(`_IO(R|W|WR)?\\((${codes}),`, "include/uapi");
  const known = new Map(names.map(([name]) => [name, magic]));
  return users
    .filter(({ path }) => path !== header)
    .flatMap(({ text, path, line }) =>
      parseIoctls([{ text, line }]).map((ioctl) => ({ ...ioctl, path })),
    )
    .find(({ args: [code = "", value = ""] }) => {
      return numberOf(code, known) === magic && numberOf(value, new Map()) === number;
    })?.name;
}

function spellings(magic: number): string {
  const hex = magic.toString(16);
  const all = [`0[xX]0*(${hex}|${hex.toUpperCase()})\\b`, `${magic}\\b`];
  if (magic > 0x20 && magic < 0x7f) all.push(`'\\${String.fromCharCode(magic)}'`);
  return all.join("|");
}
