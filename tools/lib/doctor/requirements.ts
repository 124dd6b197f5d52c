import { CODESPELL_DICTIONARY } from "../checkpatch/run-checkpatch.ts";

/** Something on this machine that rfckit calls, and the Debian package that holds it. */
export interface Requirement {
  /** A program looked up in PATH, or an absolute path of a file. */
  readonly needs: string;
  readonly debianPackage: string;
  /** What cannot be done without it. */
  readonly neededFor: string;
  /** Without an optional one everything still runs, only slower. */
  readonly optional?: true;
  /** Needed only by who asks for another architecture, and installed only then. */
  readonly arch?: true;
}

/** Compilers of other architectures, which build objects without a libc. */
const CROSS_COMPILERS: readonly Requirement[] = ["aarch64", "s390x"].map((machine) => {
  return {
    needs: `${machine}-linux-gnu-gcc`,
    debianPackage: `gcc-${machine}-linux-gnu`,
    neededFor: "b05-other-architectures of rfckit ready --profile ci, and rfckit verify --arch",
    optional: true,
  };
});

/** Headers and machines of other architectures: 200 MB that no test needs. */
const ARCHITECTURE_REQUIREMENTS: readonly Requirement[] = [
  ["/usr/aarch64-linux-gnu/include/asm/unistd.h", "linux-libc-dev-arm64-cross"],
  ["qemu-system-aarch64", "qemu-system-arm"],
  ["/usr/s390x-linux-gnu/include/asm/unistd.h", "linux-libc-dev-s390x-cross"],
  ["qemu-system-s390x", "qemu-system-misc"],
].map(([needs = "", debianPackage = ""]) => {
  return { needs, debianPackage, neededFor: "rfckit verify --arch", arch: true };
});

/** Everything that the commands call, in the order in which a run meets it. */
export const REQUIREMENTS: readonly Requirement[] = [
  { needs: "git", debianPackage: "git", neededFor: "every command that reads commits" },
  { needs: "dpkg-deb", debianPackage: "dpkg", neededFor: "rfckit kernel get" },
  { needs: "apt-get", debianPackage: "apt", neededFor: "rfckit kernel get" },
  { needs: "tar", debianPackage: "tar", neededFor: "rfckit kernel get" },
  { needs: "xz", debianPackage: "xz-utils", neededFor: "rfckit kernel get" },
  { needs: "flock", debianPackage: "util-linux", neededFor: "the locks of shared caches" },
  { needs: "perl", debianPackage: "perl", neededFor: "checkpatch" },
  {
    needs: CODESPELL_DICTIONARY,
    debianPackage: "codespell",
    neededFor: "checkpatch's spelling check",
  },
  { needs: "/usr/bin/python3", debianPackage: "python3", neededFor: "checkpatch's SPDX check" },
  {
    needs: "/usr/lib/python3/dist-packages/ply/lex.py",
    debianPackage: "python3-ply",
    neededFor: "checkpatch's SPDX check",
  },
  {
    needs: "/usr/lib/python3/dist-packages/git/__init__.py",
    debianPackage: "python3-git",
    neededFor: "checkpatch's SPDX check",
  },
  { needs: "make", debianPackage: "make", neededFor: "kernel builds" },
  { needs: "gcc", debianPackage: "gcc", neededFor: "kernel builds and the guest's runner" },
  { needs: "ld", debianPackage: "binutils", neededFor: "kernel builds" },
  {
    needs: "/usr/include/stdio.h",
    debianPackage: "libc6-dev",
    neededFor: "the kernel's host tools",
  },
  { needs: "flex", debianPackage: "flex", neededFor: "kernel builds" },
  { needs: "bison", debianPackage: "bison", neededFor: "kernel builds" },
  { needs: "bc", debianPackage: "bc", neededFor: "kernel builds" },
  { needs: "/usr/include/gelf.h", debianPackage: "libelf-dev", neededFor: "the kernel's objtool" },
  {
    needs: "clang-14",
    debianPackage: "clang-14",
    neededFor: "u03-same-layout of rfckit ready: arm64 and big-endian layouts",
  },
  { needs: "gawk", debianPackage: "gawk", neededFor: "d09-sysctl-documented of rfckit ready" },
  { needs: "sparse", debianPackage: "sparse", neededFor: "t02-sparse of rfckit ready" },
  { needs: "qemu-system-x86_64", debianPackage: "qemu-system-x86", neededFor: "rfckit verify" },
  {
    needs: "/usr/lib/python3/dist-packages/docutils/__init__.py",
    debianPackage: "python3-docutils",
    neededFor: "comparing the documentation parser with docutils in tests",
    optional: true,
  },
  {
    needs: "cpio",
    debianPackage: "cpio",
    neededFor: "comparing the initramfs with what cpio makes of it in tests",
    optional: true,
  },
  {
    needs: "mandoc",
    debianPackage: "mandoc",
    neededFor: "checking the man page in tests",
    optional: true,
  },
  {
    needs: "tmux",
    debianPackage: "tmux",
    neededFor: "running the screen in a real terminal in tests",
    optional: true,
  },
  {
    needs: "spatch",
    debianPackage: "coccinelle",
    neededFor: "t10-coccinelle of rfckit ready --profile ci",
    optional: true,
  },
  {
    needs: "sphinx-build",
    debianPackage: "python3-sphinx",
    neededFor: "d03-htmldocs-clean of rfckit ready --profile ci",
    optional: true,
  },
  { needs: "ccache", debianPackage: "ccache", neededFor: "faster rebuilds", optional: true },
  ...CROSS_COMPILERS,
  ...ARCHITECTURE_REQUIREMENTS,
];
