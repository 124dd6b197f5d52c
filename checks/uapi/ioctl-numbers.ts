import type { ReviewContext, ReviewedPatch } from "../context.ts";
import { type IoctlMacro, parseIoctls, parseNumbers } from "./parse-header.ts";
import { headersAtTip } from "./uapi-headers.ts";

/** An ioctl that the series adds. */
export interface NewIoctl extends Omit<IoctlMacro, "line"> {
  readonly header: string;
  readonly mail: ReviewedPatch;
  /** 1-based line of the patch file. */
  readonly line: number;
  /** The first two arguments as numbers; undefined when the header does not say them. */
  readonly magic: number | undefined;
  readonly number: number | undefined;
}

/** The ioctls whose definition a patch adds to a UAPI header. */
export async function newIoctls(context: ReviewContext): Promise<NewIoctl[]> {
  const headers = await headersAtTip(context);
  return headers.flatMap((header) => {
    const numbers = parseNumbers(header.lines);
    return parseIoctls(header.lines).flatMap((ioctl): NewIoctl[] => {
      const place = header.addedAt(ioctl.text);
      if (place === undefined) return [];
      const [magic = "", number = ""] = ioctl.args;
      const values = { magic: numberOf(magic, numbers), number: numberOf(number, numbers) };
      return [{ ...ioctl, header: header.path, mail: place.mail, line: place.line, ...values }];
    });
  });
}

/** The value of a number, a character or the name of one; undefined when it is none of these. */
export function numberOf(text: string, numbers: ReadonlyMap<string, number>): number | undefined {
  if (/^'.'$/.test(text)) return text.charCodeAt(1);
  return /^(?:0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : numbers.get(text);
}
