import { HBF_HINT_SIZE_VER0 } from "../abi/structs/hbf_hint.ts";
import { firstNonZero, type UserBuffer } from "./user-buffer.ts";

/** An extensible argument: its memory, the size userspace claims and the size the kernel knows. */
export interface SizedArgument {
  readonly buffer: UserBuffer;
  readonly size: number;
  readonly kernelSize: number;
}

/** `get_user(size)` faults. */
export function sizeFaults({ buffer }: SizedArgument): boolean {
  return buffer.readable < 4;
}

/**
 * `check_zeroed_user` on the tail meets a fault before a non-zero byte.
 *
 * It reads aligned words and a word never spans two pages, so that byte order tells which comes
 * first. lib/usercopy.c:check_zeroed_user @ 6.12.117
 */
export function tailFaults(argument: SizedArgument): boolean {
  const { buffer, size, kernelSize } = argument;
  if (sizeFaults(argument) || size <= kernelSize || buffer.readable >= size) return false;
  return firstNonZero(buffer.bytes, kernelSize, size) >= buffer.readable;
}

/** `check_zeroed_user` on the tail meets a non-zero byte before a fault. */
export function tailNotZero(argument: SizedArgument): boolean {
  const { buffer, size, kernelSize } = argument;
  if (sizeFaults(argument) || size <= kernelSize) return false;
  const offset = firstNonZero(buffer.bytes, kernelSize, size);
  return offset < size && offset < buffer.readable;
}

/** `copy_from_user` of the part that both sides know faults. */
export function bodyFaults(argument: SizedArgument): boolean {
  const { buffer, size, kernelSize } = argument;
  return !sizeFaults(argument) && buffer.readable < Math.min(size, kernelSize);
}

/** `copy_to_user` of the part that both sides know faults. */
export function outputFaults(argument: SizedArgument): boolean {
  const { buffer, size, kernelSize } = argument;
  return !sizeFaults(argument) && buffer.writable < Math.min(size, kernelSize);
}

/** `copy_to_user` of the results that both sides have room for faults, if there is any. */
export function resultFaults(argument: SizedArgument): boolean {
  const { buffer, size, kernelSize } = argument;
  const end = Math.min(size, kernelSize);
  return !sizeFaults(argument) && end > HBF_HINT_SIZE_VER0 && buffer.writable < end;
}
