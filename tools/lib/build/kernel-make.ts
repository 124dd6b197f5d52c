import { basename } from "node:path";
import type { Compiler } from "./compiler.ts";

/** What decides the words of one call of make in a kernel tree. */
export interface MakeCall {
  readonly sourceDir: string;
  readonly objectDir: string;
  readonly compiler: Compiler;
  /** Full id of the tree that is built. */
  readonly treeId: string;
  readonly jobs: number;
  /** Settings of the configuration. */
  readonly variables?: readonly string[];
}

/** Length of the tree id in `uname -v`. */
const SHORT_ID_CHARS = 12;

/**
 * The fixed time, user and host make the same tree give the same kernel. Kernel's own format:
 * scripts/mkcompile_h took `date`'s.
 */
const BUILD_TIMESTAMP = "Mon Nov 18 00:00:00 UTC 2024";

/** The part of a tree id that a kernel built from it shows in `uname -v`, as `#<id>`. */
export function buildVersionOf(treeId: string): string {
  return treeId.slice(0, SHORT_ID_CHARS);
}

/** The words for make; `targets` may begin with further settings. */
export function makeArgs(call: MakeCall, targets: readonly string[]): string[] {
  return [
    `-C${call.sourceDir}`,
    `O=${call.objectDir}`,
    `-j${call.jobs}`,
    `CC=${call.compiler.cc}`,
    `KBUILD_BUILD_VERSION=${buildVersionOf(call.treeId)}`,
    `KBUILD_BUILD_TIMESTAMP=${BUILD_TIMESTAMP}`,
    "KBUILD_BUILD_USER=rfckit",
    "KBUILD_BUILD_HOST=rfckit",
    "LOCALVERSION=",
    ...(call.variables ?? []),
    ...targets,
  ];
}

/** Settings of the user's shell that would change the build without changing its key. */
const REMOVED = [
  ...["MAKEFLAGS", "MFLAGS", "ARCH", "SUBARCH", "CROSS_COMPILE", "LLVM", "CC", "LD", "O", "V", "W"],
  ...["KCFLAGS", "KAFLAGS", "KCPPFLAGS", "KCONFIG_CONFIG", "KBUILD_OUTPUT", "CFLAGS", "LDFLAGS"],
];

/** The environment of make, for `run()`. */
export function makeEnv(ccacheDir: string): Record<string, string | undefined> {
  return {
    ...Object.fromEntries(REMOVED.map((name) => [name, undefined])),
    LC_ALL: "C",
    CCACHE_DIR: ccacheDir,
    CCACHE_MAXSIZE: "2G",
  };
}

/** Images of an architecture are made by a target that has no folder in its name. */
export function makeTarget(image: string): string {
  return basename(image);
}
