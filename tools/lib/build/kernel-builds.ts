import type { Architecture } from "../arch/architecture.ts";
import { X86 } from "../arch/registry.ts";
import { ToolError } from "../error.ts";
import { type KernelConfig, LAB_FRAGMENTS, readKernelConfig } from "./kernel-config.ts";

/** One way to build and run the kernel of a series: what the evidence is for is data. */
export interface KernelBuild {
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  /** Fragments of `tools/kconfig/` on top of those of every lab kernel. */
  readonly fragments: readonly string[];
  /** File of the object folder that QEMU boots. */
  readonly image: string;
  /** kbuild's variable that instruments single objects, such as `GCOV_PROFILE`. */
  readonly ownObjects?: string;
  /** Words for the kernel command line. */
  readonly cmdline: readonly string[];
  /** How many times longer than usual a guest may be silent. */
  readonly patience: number;
  /** All CPUs are brought up although one task carries the vectors out. */
  readonly allCpus: boolean;
  /** What init does besides carrying out the vectors once. */
  readonly duties: readonly GuestDuty[];
}

/**
 * - `coverage`: hands over what gcov counted
 * - `leaks`: lets kmemleak scan at the end and hands its report over
 * - `lockdep`: says at the end whether lockdep is still on
 * - `watchpoints`: says at the end how many accesses KCSAN has watched
 * - `faults`: repeats the last call of each vector with its n-th fallible step failing
 */
export type GuestDuty = "coverage" | "leaks" | "lockdep" | "watchpoints" | "faults";

const VMLINUX = "vmlinux";
/**
 * Problem: with KASAN the kernel resets at once when it is entered through PVH, as that code runs
 * before the shadow memory is there (arch/x86/platform/pvh/enlighten.c @ 6.12.117).
 */
const BZIMAGE = "arch/x86/boot/bzImage";

/**
 * A kernel with KASAN and lockdep was seen to be 5 s in one function of its boot on a busy host: by
 * the watch of the lean kernel, that is a lockup.
 */
const UNHURRIED = ["watchdog_thresh=30", "sysctl.kernel.hung_task_timeout_secs=60"];

/** Every build, the default first. */
export const KERNEL_BUILDS: readonly KernelBuild[] = [
  {
    ...{ name: "fast", title: "the lean kernel, for each change", fragments: [] },
    ...{ image: VMLINUX, cmdline: [], patience: 1, allCpus: false, duties: [] },
  },
  {
    ...{ name: "debug", title: "KASAN, lockdep, UBSAN, kmemleak, DEBUG_VM" },
    ...{ fragments: ["build-debug"], image: BZIMAGE, cmdline: UNHURRIED },
    ...{ patience: 4, allCpus: false, duties: ["lockdep", "leaks"] },
  },
  {
    ...{ name: "kcsan", title: "data races between CPUs", fragments: ["build-kcsan"] },
    ...{ image: BZIMAGE, cmdline: UNHURRIED, patience: 4, allCpus: true, duties: ["watchpoints"] },
  },
  {
    ...{ name: "gcov", title: "line and branch coverage of the series' own objects" },
    ...{ fragments: ["build-gcov"], image: VMLINUX, ownObjects: "GCOV_PROFILE" },
    ...{ cmdline: [], patience: 2, allCpus: false, duties: ["coverage"] },
  },
  {
    ...{ name: "fault", title: "each fallible step of a call fails once, and nothing leaks" },
    ...{ fragments: ["build-fault"], image: VMLINUX, cmdline: [] },
    ...{ patience: 4, allCpus: false, duties: ["faults", "lockdep", "leaks"] },
  },
];

/**
 * The builds that a comma-separated list names.
 *
 * @throws ToolError `unknown-build` (user)
 */
export function parseBuilds(list: string): readonly KernelBuild[] {
  const known = KERNEL_BUILDS.map(({ name }) => name);
  return [...new Set(list.split(","))].map((name) => {
    const build = KERNEL_BUILDS.find((one) => one.name === name);
    if (build !== undefined) return build;
    throw new ToolError(`there is no build '${name}', only ${known.join(", ")}`, {
      kind: "user",
      code: "unknown-build",
      hints: [`rfckit verify --build ${known.join(",")}`],
    });
  });
}

/**
 * The configuration of a build.
 *
 * @param fragments what the machine needs besides
 * @param ownSources paths of the series' own C files, for builds that instrument those alone
 */
export async function readBuildConfig(
  packageDir: string,
  build: KernelBuild,
  ownSources: readonly string[],
  arch: Architecture = X86,
  fragments: readonly string[] = [],
): Promise<KernelConfig> {
  const { ownObjects } = build;
  const instrumented = ownObjects === undefined ? [] : ownSources;
  const variables = instrumented.map((path) => `${ownObjects}_${objectOf(path)}=y`);
  const isForeign = arch.overlay.length > 0;
  const common = LAB_FRAGMENTS.filter((name) => !(isForeign && name === "platform-x86"));
  const extras = {
    image: arch.image ?? build.image,
    makeVariables: [...arch.makeVariables, ...variables],
    keptFiles: instrumented.map((path) => path.replace(/\.c$/, ".gcno")),
    ...{ toolPrefix: arch.toolPrefix, archDir: arch.sourceDir },
  };
  const all = [...common, ...build.fragments, ...fragments];
  return await readKernelConfig(packageDir, all, extras, arch.overlay);
}

/** `hbf.o` of `mm/hbf.c`: kbuild looks variables up by the object's name alone. */
function objectOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.c$/, ".o");
}
