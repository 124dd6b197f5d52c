import { randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";

/** A fresh path beside `target`, on the same file system, hidden and told from real entries. */
export function tempPathFor(target: string): string {
  return join(dirname(target), `.tmp-${basename(target)}-${randomBytes(8).toString("hex")}`);
}

/** Whether `name`, an entry of the directory of `target`, is a temporary one of `target`. */
export function isTempOf(target: string, name: string): boolean {
  const prefix = `.tmp-${basename(target)}-`;
  return name.startsWith(prefix) && /^[0-9a-f]{16}$/.test(name.slice(prefix.length));
}
