import type { HintOpName } from "../abi/hint-ops.ts";
import type { Call, IoctlCall } from "../machine/calls.ts";
import { arenaAddress, type HintSpec, specCalls, validSpec } from "./hint-spec.ts";

/** A HINT alone on the file in `slot`, over pages of the arena. */
export function hintAt(slot: number, op: HintOpName, page: number, npages: number): IoctlCall {
  return hintOf(slot, {
    ...validSpec(op),
    start: arenaAddress(page),
    len: BigInt(npages * 4096),
  });
}

/** A HINT alone on the file in `slot`, as a spec says. */
export function hintOf(slot: number, spec: HintSpec): IoctlCall {
  const call = specCalls({ ...spec, cells: [], mems: null }).at(-1);
  if (call?.op !== "ioctl") throw new Error("a spec ends with its ioctl");
  return { ...call, slot };
}

/** Opens the device for reading and writing. */
export function openDevice(slot: number): Call {
  return { op: "open", slot, flags: 2, uid: 0 };
}
