import type { PageSize, Platform } from "./platform.ts";

/** What follows from the size of a page. Page numbers are exact as numbers: no bigint is needed. */
export interface PageGeometry {
  readonly pageSize: PageSize;
  /** log2 of `pageSize`. */
  readonly pageShift: number;
  /** Pages that an `unsigned long` of the kernel can address. */
  readonly addressSpacePages: number;
  /** Pages below TASK_SIZE. */
  readonly taskSizePages: number;
  /** Pages below TASK_SIZE of a 32-bit process on the same 64-bit kernel; 0 when none can run. */
  readonly compatTaskSizePages: number;
  /** Where the test arena lies, reachable for 32-bit callers too. */
  readonly arenaStart: number;
  /** Pages from address 0 on that no program maps (1 MiB): below any executable's base. */
  readonly lowHolePages: number;
  /** Base pages of one huge page. */
  readonly hugePages: number;
}

/** Byte address of the arena. */
export const ARENA_ADDRESS = 0x4000_0000;

const LOW_HOLE_BYTES = 2 ** 20;

/** The geometry of the kernels of a platform. */
export function geometryOf(platform: Platform): PageGeometry {
  const { pageSize, hugePages, wordBits, taskSizePages, compatTaskSizePages } = platform;
  return {
    pageSize,
    pageShift: Math.log2(pageSize),
    addressSpacePages: 2 ** wordBits / pageSize,
    taskSizePages,
    compatTaskSizePages: compatTaskSizePages ?? 0,
    arenaStart: ARENA_ADDRESS / pageSize,
    lowHolePages: LOW_HOLE_BYTES / pageSize,
    hugePages,
  };
}
