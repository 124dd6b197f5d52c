import { readdirSync, readFileSync } from "node:fs";

/** The QEMUs that run, and have a word such as the folder of a test in their command line. */
export function qemusWith(word: string): readonly { readonly pid: number }[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    const line = commandLineOf(pid);
    return line.startsWith("qemu-system") && line.includes(word) ? [{ pid: Number(pid) }] : [];
  });
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    // It has ended meanwhile.
    return "";
  }
}
