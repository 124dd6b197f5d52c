import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { type NewIoctl, newIoctls, numberOf } from "./ioctl-numbers.ts";

const TABLE = "Documentation/userspace-api/ioctl/ioctl-number.rst";

/** A row of the table: who uses which numbers of a code. */
interface TableRow {
  readonly code: number;
  readonly first: number;
  readonly last: number;
  readonly user: string;
}

/** The code and numbers of new ioctls are in the kernel's table, and nobody else's. */
export const u06IoctlNumberRegistered = defineTextRule({
  id: "u06-ioctl-number-registered",
  title: `new ioctl numbers are in ${TABLE}, and were free`,
  why: "two drivers with the same number can't be told apart by strace, or by mistake",
  source: "Documentation/process/submit-checklist.rst",
  fix: "add a row for the header to the table, with a code that nothing uses",
  bad: "_IOWR(0xBB, 1, ...) without a row for 0xBB",
  good: "0xBB  00-0F  uapi/linux/hbf.h",
  baseFiles: [TABLE],
  async inSeries(context) {
    const ioctls = await newIoctls(context);
    if (ioctls.length === 0) return [];
    const base = await context.effects.baseText(TABLE);
    const before = (base ?? "").split("\n").flatMap(rowOf);
    const added = context.patches
      .flatMap(({ parsed }) => parsed.files.filter(({ path }) => path === TABLE))
      .flatMap((file) => addedLines(file).flatMap(({ text }) => rowOf(text)));
    return ioctls.flatMap((ioctl): SightingIn[] => {
      const what = problemOf(ioctl, before, added);
      return what === undefined ? [] : [{ mail: ioctl.mail, line: ioctl.line, what }];
    });
  },
});

function problemOf(
  { name, magic, number, header }: NewIoctl,
  before: readonly TableRow[],
  added: readonly TableRow[],
): string | undefined {
  if (magic === undefined || number === undefined)
    return `'${name}' has no number that is read here`;
  if (before.length === 0)
    return `the base has no table of ioctl numbers to compare '${name}' with`;
  const takes = (row: TableRow): boolean =>
    row.code === magic && row.first <= number && number <= row.last;
  const isOwn = ({ user }: TableRow): boolean =>
    header.endsWith(user.replace(/^.*?uapi\//, "")) && user !== "";
  if (![...before, ...added].some((row) => takes(row) && isOwn(row))) {
    return `'${name}' has no row for '${header}' in the table`;
  }
  const other = before.find((row) => takes(row) && !isOwn(row));
  return other === undefined ? undefined : `the number of '${name}' belongs to '${other.user}'`;
}

/** `0xBB  00-0F  uapi/linux/hbf.h`, also with `'a'`, `all` or a single number. */
function rowOf(text: string): TableRow[] {
  const [, code, range, user = ""] =
    /^('.'|0x[0-9A-Fa-f]{2})\s+(all|[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2})?)(?:\s+(\S+))?/.exec(text) ??
    [];
  if (code === undefined || range === undefined) return [];
  const [first = "00", last = first] = range === "all" ? ["00", "FF"] : range.split("-");
  const value = numberOf(code, new Map());
  if (value === undefined) return [];
  return [{ code: value, first: Number(`0x${first}`), last: Number(`0x${last}`), user }];
}
