import type { BaseLine } from "../context.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { type NewIoctl, newIoctls, numberOf } from "./ioctl-numbers.ts";
import { parseIoctls } from "./parse-header.ts";

/** No other UAPI header has the number of a new ioctl. */
export const u07IoctlNumbersUnique = defineTextRule({
  id: "u07-ioctl-numbers-unique",
  title: "the number of a new ioctl is used by no other UAPI header",
  why: "the table of numbers is incomplete, the headers are what counts",
  source: "Documentation/driver-api/ioctl.rst",
  fix: "choose a code or number that 'git grep _IO include/uapi' does not show",
  bad: "two commands _IO(0xBB, 1)",
  good: "_IO(0xBB, 1) and _IO(0xBB, 2)",
  baseFiles: ["include/uapi"],
  async inSeries(context) {
    const ioctls = await newIoctls(context);
    const found: SightingIn[] = [];
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
