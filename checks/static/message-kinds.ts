/** What W=1 adds to a plain build, as scripts/Makefile.extrawarn has it @ 6.12.117. */
export const W1: readonly string[] = [
  ...["-Wmissing-format-attribute", "-Wmissing-include-dirs", "-Wunused-const-variable="],
  ...["-Wunused-const-variable", "-Wunused-but-set-variable", "-Wpacked-not-aligned"],
  ...["-Wformat-overflow=", "-Wformat-truncation=", "-Wstringop-truncation"],
  ...["-Wunused-but-set-parameter", "-Woverride-init"],
];

/** What `gcc -W` adds to that; unused parameters are left out, as callbacks have them. */
export const GCC_W: readonly string[] = ["-Wsign-compare", "-Wtype-limits"];

const OTHERS = ["sparse", "kernel-doc", "-Wframe-larger-than=", "-Wunused-result"];

/** Whether a plain build of the kernel says it too. */
export function isPlain(kind: string): boolean {
  return ![...W1, ...GCC_W, ...OTHERS].includes(kind);
}
