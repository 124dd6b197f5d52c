/** Bytes of a base page that the model knows: x86-64 has the first, arm64 all three. */
export const PAGE_SIZES = [4096, 16_384, 65_536] as const;
export type PageSize = (typeof PAGE_SIZES)[number];

/** What follows from the size of a page. Page numbers are exact as numbers: no bigint is needed. */
export interface PageGeometry {
  readonly pageSize: PageSize;
  /** log2 of `pageSize`. */
  readonly pageShift: number;
  /** Pages of the whole 64-bit address space. */
  readonly addressSpacePages: number;
  /** Pages below TASK_SIZE of a 64-bit process. */
  readonly taskSizePages: number;
  /** Pages below TASK_SIZE of a 32-bit process on the same kernel. */
  readonly compatTaskSizePages: number;
  /** Where the test arena lies, reachable for 32-bit callers too. */
  readonly arenaStart: number;
  /** Pages from address 0 on that no program maps (1 MiB): below any executable's base. */
  readonly lowHolePages: number;
  /** Base pages of one huge page: a page of page table entries of 8 bytes. */
  readonly hugePages: number;
}

/** Byte address of the arena. */
export const ARENA_ADDRESS = 0x4000_0000;

const LOW_HOLE_BYTES = 2 ** 20;

/**
 * The geometry of a kernel with pages of `pageSize` bytes. With 4 KiB it is that of x86-64
 * (arch/x86/include/asm/page_64_types.h:TASK_SIZE_MAX, IA32_PAGE_OFFSET @ 6.12.117), else that of
 * arm64 with 48 bits (arch/arm64/include/asm/processor.h:TASK_SIZE_64, TASK_SIZE_32 @ 6.12.117).
 */
export function geometryOf(pageSize: PageSize): PageGeometry {
  const isX86 = pageSize === 4096;
  return {
    pageSize,
    pageShift: Math.log2(pageSize),
    addressSpacePages: 2 ** 64 / pageSize,
    taskSizePages: isX86 ? 2 ** 35 - 1 : 2 ** 48 / pageSize,
    compatTaskSizePages: 2 ** 32 / pageSize - (isX86 ? 2 : 1),
    arenaStart: ARENA_ADDRESS / pageSize,
    lowHolePages: LOW_HOLE_BYTES / pageSize,
    hugePages: pageSize / 8,
  };
}
