import { ioctlNumber } from "../../abi/ioctl.ts";
import { HBF_IOC_CAPS } from "../../abi/ioctls/caps.ts";
import { ALL_ACCESSIBLE, type Call, IOCTL_READ_ONLY } from "../../machine/calls.ts";
import type { VectorClass } from "../class.ts";
import type { VectorDraft } from "../vector.ts";

const SIZES = [...range(0, 73), ...range(4090, 4102), 128, 2 ** 31, 2 ** 32 - 1];
const LIMITED_SIZES = [4, 7, 8, 9, 16, 39, 40, 41, 48, 64, 4096, 4097];
const LIMITS = [...range(0, 50), 63, 64, 4095, 4096];
const TAIL_PLACES = [40, 41, 47, 48, 55, 56, 63, 64];

/** CAPS with every size, prefix, tail, fault and access mode. */
export const CAPS: VectorClass = {
  name: "caps",
  title: "CAPS: sizes, prefixes, tails, faults, ignored input, access modes",
  generate: () => [
    ...SIZES.map((size) => draft(`size-${size}`, { size })),
    ...LIMITED_SIZES.flatMap((size) =>
      LIMITS.map((accessible) =>
        draft(`size-${size}-readable-${accessible}`, { size, accessible }),
      ),
    ),
    ...[8, 40, 64].map((size) => draft(`size-${size}-read-only`, { size, flags: IOCTL_READ_ONLY })),
    ...TAIL_PLACES.flatMap((place) =>
      [48, 64, 65].map((size) => draft(`size-${size}-byte-${place}`, { size, byte: place })),
    ),
    ...TAIL_PLACES.flatMap((place) =>
      [40, 41, 48, 56, 63].map((accessible) =>
        draft(`byte-${place}-readable-${accessible}`, { size: 64, byte: place, accessible }),
      ),
    ),
    ...range(4, 40).map((place) => draft(`ignores-byte-${place}`, { size: 40, byte: place })),
    ...[0, 1, 2].map((mode) => draft(`mode-${mode}`, { size: 40, mode })),
  ],
};

interface CapsCase {
  readonly size: number;
  readonly accessible?: number;
  readonly flags?: number;
  /** Offset of a byte to set to 0xff. */
  readonly byte?: number;
  readonly mode?: number;
}

function draft(name: string, { size, accessible, flags, byte, mode }: CapsCase): VectorDraft {
  const limit = accessible ?? ALL_ACCESSIBLE;
  const wanted = Math.max(64, (byte ?? 0) + 1, accessible ?? 0);
  const payload = new Uint8Array(wanted);
  new DataView(payload.buffer).setUint32(0, size, true);
  if (byte !== undefined) payload[byte] = 0xff;
  const call: Call = {
    op: "ioctl",
    slot: 0,
    cmd: ioctlNumber(HBF_IOC_CAPS),
    accessible: limit,
    flags: flags ?? 0,
    pointer: 0n,
    payload,
  };
  return {
    id: `caps-${name}`,
    title: `CAPS: ${name.replaceAll("-", " ")}`,
    calls: [{ op: "open", slot: 0, flags: mode ?? 0, uid: 0 }, call],
  };
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
