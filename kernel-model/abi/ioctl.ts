import type { Stage } from "./stage.ts";
import type { StructDef } from "./struct.ts";

/** Direction bits of an ioctl number, seen from userspace. */
export const IOC_DIRECTION = { none: 0, write: 1, read: 2, readWrite: 3 } as const;

/** One ioctl command of `/dev/hbfctl`. */
export interface IoctlDef {
  readonly name: string;
  readonly type: number;
  readonly nr: number;
  readonly direction: number;
  /** Bytes in the number: frozen on the first version of the struct for ever. */
  readonly frozenSize: number;
  readonly struct: StructDef;
  readonly since: Stage;
  /** Whether the file must be open for writing. */
  readonly needsWrite: boolean;
}

/** The magic of `/dev/hbfctl`: 0xB9 to 0xBF are free in 6.12's ioctl-number.rst. */
export const HBF_IOC_MAGIC = 0xbb;

const NR_BITS = 8;
const TYPE_BITS = 8;
const SIZE_BITS = 14;

/**
 * An ioctl number from its four parts, as an unsigned 32-bit number.
 *
 * include/uapi/asm-generic/ioctl.h:_IOC @ 6.12.117
 */
export function ioc(direction: number, type: number, nr: number, size: number): number {
  const sized = direction * 2 ** SIZE_BITS + size;
  return (sized * 2 ** TYPE_BITS + type) * 2 ** NR_BITS + nr;
}

/** The number that userspace passes for `def`. */
export function ioctlNumber(def: IoctlDef): number {
  return ioc(def.direction, def.type, def.nr, def.frozenSize);
}
