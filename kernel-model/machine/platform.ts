import { UFFD_MODE } from "./address-space.ts";

/** Bytes of a base page that the model knows: x86, s390 and arm64 have the first, arm64 all. */
export const PAGE_SIZES = [4096, 16_384, 65_536] as const;
export type PageSize = (typeof PAGE_SIZES)[number];

/** What of an architecture, and of the way its kernel is configured, an answer can depend on. */
export interface Platform {
  readonly name: string;
  readonly pageSize: PageSize;
  /** Of the kernel's `unsigned long`. */
  readonly wordBits: 32 | 64;
  readonly byteOrder: "little" | "big";
  /** Pages below TASK_SIZE. */
  readonly taskSizePages: number;
  /** The first page from which on no program has anything. */
  readonly emptyFromPage: number;
  /** The kernel ignores the top byte of a user's address: untagged_addr(). */
  readonly ignoresTopByte: boolean;
  /** Pages below TASK_SIZE of a 32-bit process on this 64-bit kernel; null: none can run. */
  readonly compatTaskSizePages: number | null;
  /** `1 << CONFIG_NODES_SHIFT`. */
  readonly maxNumnodes: number;
  readonly hasProtectionKeys: boolean;
  /** Base pages of one huge page: what a table of the lowest level maps. */
  readonly hugePages: number;
  /** The machine that boots it has huge pages for hugetlb. */
  readonly hasHugetlb: boolean;
  /** memfd_secret(2). */
  readonly hasSecretMemory: boolean;
  /** Modes that UFFDIO_REGISTER takes: bits of `UFFD_MODE`. */
  readonly uffdModes: number;
}

const ALL_UFFD_MODES = UFFD_MODE.missing | UFFD_MODE.wp | UFFD_MODE.minor;

/** arch/x86/include/asm/page_64_types.h:TASK_SIZE_MAX, IA32_PAGE_OFFSET @ 6.12.117 */
export const X86_64: Platform = {
  ...{ name: "x86-64", pageSize: 4096, hugePages: 512, wordBits: 64, byteOrder: "little" },
  ...{ taskSizePages: 2 ** 35 - 1, emptyFromPage: 2 ** 51, compatTaskSizePages: 2 ** 20 - 2 },
  ...{ ignoresTopByte: false, maxNumnodes: 64, hasProtectionKeys: true },
  ...{ hasHugetlb: true, hasSecretMemory: true, uffdModes: ALL_UFFD_MODES },
};

/** arch/x86/include/asm/page_32_types.h:TASK_SIZE is PAGE_OFFSET, 3 GiB @ 6.12.117 */
const I386: Platform = {
  ...{ name: "i386", pageSize: 4096, hugePages: 512, wordBits: 32, byteOrder: "little" },
  ...{ taskSizePages: 0xc0000, emptyFromPage: 0xc0000, compatTaskSizePages: null },
  ...{ ignoresTopByte: false, maxNumnodes: 8, hasProtectionKeys: false },
  // arch/x86/Kconfig: write protection and minor faults are for X86_64 only @ 6.12.117
  ...{ hasHugetlb: true, hasSecretMemory: true, uffdModes: UFFD_MODE.missing },
};

/** arch/arm64/include/asm/processor.h:TASK_SIZE_64 with 48 bits, asm/uaccess.h @ 6.12.117 */
function arm64(name: string, pageSize: PageSize): Platform {
  const taskSizePages = 2 ** 48 / pageSize;
  return {
    ...{ name, pageSize, hugePages: pageSize / 8, wordBits: 64, byteOrder: "little" },
    ...{ taskSizePages, emptyFromPage: taskSizePages, compatTaskSizePages: null },
    ...{ ignoresTopByte: true, maxNumnodes: 16, hasProtectionKeys: false },
    ...{ hasHugetlb: true, hasSecretMemory: true, uffdModes: ALL_UFFD_MODES },
  };
}

/**
 * arch/s390/include/asm/processor.h:TASK_SIZE_MAX, arch/s390/Kconfig:NODES_SHIFT,
 * arch/s390/include/asm/hugetlb.h:hugepages_supported @ 6.12.117: without KVM, QEMU's CPU has no
 * enhanced DAT
 */
const S390X: Platform = {
  ...{ name: "s390x", pageSize: 4096, hugePages: 256, wordBits: 64, byteOrder: "big" },
  ...{ taskSizePages: 2 ** 52 - 1, emptyFromPage: 2 ** 51, compatTaskSizePages: null },
  ...{ ignoresTopByte: false, maxNumnodes: 2, hasProtectionKeys: false },
  // arch/s390/kernel/syscalls/syscall.tbl reserves the number only @ 6.12.117
  ...{ hasHugetlb: false, hasSecretMemory: false, uffdModes: UFFD_MODE.missing },
};

/** Every platform that the model predicts, the default first. */
export const PLATFORMS: readonly Platform[] = [
  X86_64,
  I386,
  arm64("arm64", 4096),
  arm64("arm64-16k", 16_384),
  arm64("arm64-64k", 65_536),
  S390X,
];

/** The platform of that name, or undefined. */
export function findPlatform(name: string): Platform | undefined {
  return PLATFORMS.find((platform) => platform.name === name);
}

/** A page number as the kernel sees it after untagged_addr(): asm/uaccess.h of arm64 @ 6.12.117. */
export function untagPage(page: number, { ignoresTopByte, pageSize }: Platform): number {
  if (!ignoresTopByte) return page;
  const topByte = 2 ** 56 / pageSize;
  const isKernels = Math.floor((page * 2) / topByte) % 2 === 1;
  return (page % topByte) + (isKernels ? 0xff * topByte : 0);
}
