import { type Call, FILE_OP, OPEN_MODE } from "../../machine/calls.ts";
import { SLOTS } from "../../machine/params.ts";
import type { VectorClass } from "../class.ts";
import { specCalls, validSpec } from "../hint-spec.ts";
import type { VectorDraft } from "../vector.ts";

const MODES = Object.entries(OPEN_MODE);
const OPS = Object.entries(FILE_OP).filter(([name]) => name !== "dup");
const USERS = [0, 1, 1000, 65534];

/** What the VFS answers: open as another user, lseek, read, write, mmap, epoll, dup, close. */
export const FILE: VectorClass = {
  name: "file",
  title: "file semantics: permissions, the calls that the driver doesn't offer, dup, close",
  generate: () => [
    ...MODES.flatMap(([mode, flags]) => [
      ...USERS.map((uid) => draft(`open-${mode}-as-${uid}`, [open(0, flags, uid)])),
      ...OPS.map(([op, which]) => draft(`${kebab(op)}-${mode}`, [open(0, flags), use(0, which)])),
      ...MODES.map(([other, otherFlags]) =>
        draft(`two-files-${mode}-${other}`, [
          open(0, flags),
          open(1, otherFlags),
          hint(0),
          hint(1),
        ]),
      ),
      draft(`hint-on-${mode}`, [open(0, flags), hint(0)]),
      draft(`hint-on-dup-of-${mode}`, [open(0, flags), dup(0, 1), hint(1)]),
      draft(`hint-after-close-of-dup-${mode}`, [open(0, flags), dup(0, 1), close(0), hint(1)]),
      draft(`reopened-${mode}`, [open(0, OPEN_MODE.rdwr), close(0), open(0, flags), hint(0)]),
    ]),
    ...OPS.map(([op, which]) => draft(`${kebab(op)}-closed`, [use(0, which)])),
    ...slots().flatMap((slot) => [
      draft(`hint-closed-slot-${slot}`, [hint(slot)]),
      draft(`hint-slot-${slot}`, [open(slot, OPEN_MODE.rdwr), hint(slot)]),
      draft(`close-closed-slot-${slot}`, [close(slot)]),
    ]),
    draft("dup-closed", [dup(0, 1)]),
    draft("close-twice", [open(0, OPEN_MODE.rdwr), close(0), close(0)]),
    draft("hint-after-close", [open(0, OPEN_MODE.rdwr), close(0), hint(0)]),
    draft("dup-of-dup", [
      open(0, OPEN_MODE.rdwr),
      dup(0, 1),
      dup(1, 2),
      close(0),
      close(1),
      hint(2),
    ]),
    draft("refused-open-leaves-slot", [open(0, OPEN_MODE.rdwr, 1000), hint(0)]),
    draft("open-again-as-root", [open(0, OPEN_MODE.rdwr, 1000), open(0, OPEN_MODE.rdwr), hint(0)]),
    draft("all-slots", [...slots().map((slot) => open(slot, OPEN_MODE.rdwr)), hint(SLOTS - 1)]),
  ],
};

function draft(name: string, calls: readonly Call[]): VectorDraft {
  return { id: `file-${name}`, title: `files: ${name.replaceAll("-", " ")}`, calls };
}

function open(slot: number, flags: number, uid = 0): Call {
  return { op: "open", slot, flags, uid };
}

function close(slot: number): Call {
  return { op: "close", slot };
}

function use(slot: number, which: number): Call {
  return { op: "fileop", slot, which, target: 0 };
}

function dup(slot: number, target: number): Call {
  return { op: "fileop", slot, which: FILE_OP.dup, target };
}

/** A valid HINT on nothing: ENOMEM tells that it came as far as the scan. */
function hint(slot: number): Call {
  const call = specCalls({ ...validSpec("promote"), cells: [] }).at(-1);
  if (call?.op !== "ioctl") throw new Error("a spec ends with its ioctl");
  return { ...call, slot };
}

function slots(): readonly number[] {
  return Array.from({ length: SLOTS }, (_, slot) => slot);
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
