import { HINT_OP_NAMES } from "../../abi/hint-ops.ts";
import { ioctlNumber } from "../../abi/ioctl.ts";
import { HBF_IOC_CAPS } from "../../abi/ioctls/caps.ts";
import { HBF_IOC_HINT } from "../../abi/ioctls/hint.ts";
import {
  ALL_ACCESSIBLE,
  type Call,
  IOCTL_RAW_POINTER,
  IOCTL_READ_ONLY,
  OPEN_MODE,
  PROT,
} from "../../machine/calls.ts";
import type { VectorClass } from "../class.ts";
import { arenaAddress, specCalls, validSpec } from "../hint-spec.ts";
import type { VectorDraft } from "../vector.ts";

const TOP = 1n << 64n;
const POINTERS: readonly bigint[] = [
  ...[0n, 1n, 3n, 4n, 64n, 4092n, 4095n, 4096n, 0xfffffn],
  ...[arenaAddress(-1), arenaAddress(0), arenaAddress(8) - 1n, arenaAddress(8)],
  ...[1n << 63n, (1n << 63n) + 1n, TOP - 8192n, TOP - 4096n, TOP - 64n, TOP - 4n, TOP - 1n],
];
const COMMANDS = {
  caps: ioctlNumber(HBF_IOC_CAPS),
  hint: ioctlNumber(HBF_IOC_HINT),
  unknown: 0xc040bb03,
};

/** Arguments that are no memory of the caller, are PROT_NONE, or can't be written. */
export const POINTER: VectorClass = {
  name: "pointer",
  title: "arguments that point nowhere, into PROT_NONE, or to read-only memory",
  generate: () => [
    ...Object.entries(COMMANDS).flatMap(([name, cmd]) =>
      Object.entries(OPEN_MODE).flatMap(([mode, flags]) =>
        POINTERS.map((pointer) => pointerDraft(`${name}-${mode}`, cmd, flags, pointer)),
      ),
    ),
    ...HINT_OP_NAMES.map((op) => ({
      id: `pointer-read-only-${op}`,
      title: `${op}: the argument can't be written, and a hint of this stage writes nothing`,
      calls: specCalls({ ...validSpec(op), flagsOfCall: IOCTL_READ_ONLY }),
    })),
  ],
};

function pointerDraft(name: string, cmd: number, flags: number, pointer: bigint): VectorDraft {
  const address = `0x${pointer.toString(16)}`;
  const noAccess: Call = { op: "mmap", page: 8, npages: 1, kind: 0, prot: PROT.none };
  const call: Call = {
    op: "ioctl",
    slot: 0,
    cmd,
    accessible: ALL_ACCESSIBLE,
    flags: IOCTL_RAW_POINTER,
    pointer,
    payload: new Uint8Array(0),
  };
  return {
    id: `pointer-${name}-${address}`,
    title: `${name.replace("-", " on ")}: the argument is ${address}`,
    calls: [{ op: "open", slot: 0, flags, uid: 0 }, noAccess, call],
  };
}
