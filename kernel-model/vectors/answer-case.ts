import { type IoctlDef, ioctlNumber } from "../abi/ioctl.ts";
import { ALL_ACCESSIBLE, type Call, type IoctlCall } from "../machine/calls.ts";
import type { VectorDraft } from "./vector.ts";

/** A call of a command that is answered with a struct. */
export interface AnswerCase {
  readonly size: number;
  /** Readable bytes; all of them unless told. */
  readonly accessible?: number;
  readonly flags?: number;
  /** Offset of a byte to set to 0xff. */
  readonly byte?: number;
  /** Access mode of the file; read-only unless told. */
  readonly mode?: number;
  /** What the struct holds after `size` before the call: every byte of it. */
  readonly poison?: number;
}

/** The call on the file in `slot`. */
export function answerCall(def: IoctlDef, slot: number, given: AnswerCase): IoctlCall {
  const { size, accessible, flags = 0, byte, poison = 0 } = given;
  const known = Math.ceil(def.struct.size / 64) * 64;
  const payload = new Uint8Array(Math.max(known, (byte ?? 0) + 1, accessible ?? 0));
  payload.fill(poison, 4, def.struct.size);
  new DataView(payload.buffer).setUint32(0, size, true);
  if (byte !== undefined) payload[byte] = 0xff;
  return {
    op: "ioctl",
    slot,
    cmd: ioctlNumber(def),
    accessible: accessible ?? ALL_ACCESSIBLE,
    flags,
    pointer: 0n,
    payload,
  };
}

/** The call alone, on a file that was just opened. */
export function answerDraft(
  className: string,
  def: IoctlDef,
  name: string,
  given: AnswerCase,
): VectorDraft {
  const open: Call = { op: "open", slot: 0, flags: given.mode ?? 0, uid: 0 };
  return {
    id: `${className}-${name}`,
    title: `${className.toUpperCase()}: ${name.replaceAll("-", " ")}`,
    calls: [open, answerCall(def, 0, given)],
  };
}
