import { findPlatform, type Platform } from "../../../kernel-model/index.ts";
import { ToolError } from "../error.ts";
import type { Architecture, MachineDef } from "./architecture.ts";

/** Exit status of QEMU when init left through the debug exit device with 0x10. */
export const DEBUG_EXIT_STATUS = (0x10 << 1) | 1;

const Q35: MachineDef = {
  ...{ program: "qemu-system-x86_64", cpu: "max", machine: "q35", shared: "reserved-node" },
  ...{ ramBase: 0, console: "ttyS0", doneStatus: DEBUG_EXIT_STATUS },
};

/** What every run is for unless told. */
export const X86: Architecture = {
  ...{ name: "x86-64", title: "a 64-bit kernel on q35, and 32-bit callers on it" },
  ...{ platform: platformOf("x86-64"), makeVariables: [], toolPrefix: "", packages: [] },
  ...{ runnerFlags: [], overlay: [], sourceDir: "x86", machine: Q35 },
};

/** Without ACPI there is no HMAT, and the device tree of `virt` knows plain nodes only. */
const ARM64_TOPOLOGIES = ["one-node", "plain-node"];

const VIRT: MachineDef = {
  ...{ program: "qemu-system-aarch64", cpu: "cortex-a57", machine: "virt,gic-version=2" },
  ...{ shared: "node-behind", ramBase: 0x4000_0000, console: "ttyAMA0", doneStatus: 0 },
};

function arm64(name: string, title: string, pages: string): Architecture {
  return {
    ...{ name, title, platform: platformOf(name), toolPrefix: "aarch64-linux-gnu-" },
    makeVariables: ["ARCH=arm64", "CROSS_COMPILE=aarch64-linux-gnu-"],
    packages: ["gcc-aarch64-linux-gnu", "linux-libc-dev-arm64-cross", "qemu-system-arm"],
    runnerFlags: ["-isystem", "/usr/aarch64-linux-gnu/include"],
    ...{ overlay: ["platform-arm64", pages], sourceDir: "arm64", image: "arch/arm64/boot/Image" },
    ...{ machine: VIRT, topologies: ARM64_TOPOLOGIES },
  };
}

/** Every architecture that kernels are verified on, the default first. */
export const ARCHITECTURES: readonly Architecture[] = [
  X86,
  {
    ...{ name: "i386", title: "a 32-bit kernel with PAE on q35", platform: platformOf("i386") },
    ...{ makeVariables: ["ARCH=i386"], toolPrefix: "", packages: [], sourceDir: "x86" },
    runnerFlags: ["-m32", "-isystem", "/usr/include/x86_64-linux-gnu"],
    overlay: ["platform-i386"],
    machine: { ...Q35, program: "qemu-system-i386" },
    topologies: ["one-node"],
  },
  arm64("arm64", "pages of 4 KiB on QEMU's virt", "pages-4k"),
  arm64("arm64-64k", "pages of 64 KiB on QEMU's virt", "pages-64k"),
  {
    ...{ name: "s390x", title: "big-endian, on s390-ccw-virtio", platform: platformOf("s390x") },
    makeVariables: ["ARCH=s390", "CROSS_COMPILE=s390x-linux-gnu-"],
    toolPrefix: "s390x-linux-gnu-",
    packages: ["gcc-s390x-linux-gnu", "linux-libc-dev-s390x-cross", "qemu-system-misc"],
    runnerFlags: ["-isystem", "/usr/s390x-linux-gnu/include"],
    ...{ overlay: ["platform-s390x"], sourceDir: "s390", image: "arch/s390/boot/bzImage" },
    machine: {
      ...{ program: "qemu-system-s390x", cpu: "max", machine: "s390-ccw-virtio" },
      ...{ shared: "end-of-memory", ramBase: 0, console: "ttysclp0", doneStatus: 0 },
    },
    topologies: ["one-node"],
  },
];

/**
 * The architectures that a comma-separated list names.
 *
 * @throws ToolError `unknown-architecture` (user)
 */
export function parseArchitectures(list: string): readonly Architecture[] {
  const known = ARCHITECTURES.map(({ name }) => name);
  const names = list === "all" ? known : [...new Set(list.split(","))];
  return names.map((name) => {
    const found = ARCHITECTURES.find((one) => one.name === name);
    if (found !== undefined) return found;
    throw new ToolError(`there is no architecture '${name}', only ${known.join(", ")}`, {
      kind: "user",
      code: "unknown-architecture",
      hints: [`rfckit verify --arch ${known.join(",")}`],
    });
  });
}

function platformOf(name: string): Platform {
  const platform = findPlatform(name);
  if (platform === undefined) throw new RangeError(`the model has no platform '${name}'`);
  return platform;
}
