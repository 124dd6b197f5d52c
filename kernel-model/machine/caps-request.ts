import { HBF_CAPS } from "../abi/structs/hbf_caps.ts";
import type { IoctlCall } from "./calls.ts";
import type { State } from "./state.ts";
import { readU32, type UserBuffer, userBuffer } from "./user-buffer.ts";

/** A CAPS call with its argument taken apart. */
export interface CapsRequest {
  readonly buffer: UserBuffer;
  /** `sizeof(struct hbf_caps)` in the kernel. */
  readonly kernelSize: number;
  /** 0 when it can't be read. */
  readonly size: number;
}

export function readCapsRequest(state: State, call: IoctlCall): CapsRequest {
  const buffer = userBuffer(state, call);
  const size = buffer.readable < 4 ? 0 : readU32(buffer.bytes, 0);
  return { buffer, kernelSize: HBF_CAPS.size, size };
}
