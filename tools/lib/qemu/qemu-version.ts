/**
 * Whether a QEMU is as new as a version.
 *
 * @param id first line of `--version`
 * @param wanted numbers with dots between them
 */
export function isAtLeast(id: string, wanted: string): boolean {
  const numbers = (text: string): readonly number[] => text.split(".").map(Number);
  const got = numbers(/version (\d+(?:\.\d+)*)/.exec(id)?.[1] ?? "0");
  for (const [index, want] of numbers(wanted).entries()) {
    const have = got[index] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}
