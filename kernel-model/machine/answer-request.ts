import type { IoctlCall } from "./calls.ts";
import type { State } from "./state.ts";
import { readU32, type UserBuffer, userBuffer } from "./user-buffer.ts";

/** A call that is answered with a struct, its argument taken apart. */
export interface AnswerRequest {
  readonly buffer: UserBuffer;
  /** Bytes of the struct in this stage's kernel. */
  readonly kernelSize: number;
  /** Bytes of a page of this kernel. */
  readonly pageSize: number;
  /** 0 when it can't be read. */
  readonly size: number;
}

/** Takes a call apart that asks for a struct of `kernelSize` bytes. */
export function readAnswerRequest(
  state: State,
  call: IoctlCall,
  kernelSize: number,
): AnswerRequest {
  const buffer = userBuffer(state, call);
  const { byteOrder } = state.machine.platform;
  const size = buffer.readable < 4 ? 0 : readU32(buffer.bytes, 0, byteOrder);
  return { buffer, kernelSize, pageSize: state.machine.pages.pageSize, size };
}
