import { randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";

/**
 * A fresh path beside `target`, on the same file system, hidden and told from real entries. Its
 * first eight digits are this process, so that what a killed one left is known.
 */
export function tempPathFor(target: string): string {
  const id = process.pid.toString(16).padStart(8, "0") + randomBytes(4).toString("hex");
  return join(dirname(target), `.tmp-${basename(target)}-${id}`);
}

/** Whether `name` is a temporary entry of `target` whose process is gone. */
export function isAbandonedTempOf(target: string, name: string): boolean {
  return isTempOf(target, name) && !isAlive(Number.parseInt(name.slice(-16, -8), 16));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

/** Whether `name`, an entry of the directory of `target`, is a temporary one of `target`. */
export function isTempOf(target: string, name: string): boolean {
  const prefix = `.tmp-${basename(target)}-`;
  return name.startsWith(prefix) && /^[0-9a-f]{16}$/.test(name.slice(prefix.length));
}
