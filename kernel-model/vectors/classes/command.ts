import { HBF_IOC_MAGIC, IOC_DIRECTION, ioc } from "../../abi/ioctl.ts";
import { OPEN_MODE } from "../../machine/calls.ts";
import { VFS_COMMANDS } from "../../machine/vfs-commands.ts";
import type { VectorClass } from "../class.ts";
import { specCalls, validSpec } from "../hint-spec.ts";
import type { VectorDraft } from "../vector.ts";

const BYTES = Array.from({ length: 256 }, (_, byte) => byte);
const SIZES = [0, 4, 8, 39, 40, 41, 63, 64, 65, 128, 256, 264, 4096, 8191, 16383];
const DIRECTIONS = Object.values(IOC_DIRECTION);
const NUMBERS = [0, 1, 2, 3];
const BIT = Array.from({ length: 32 }, (_, bit) => bit);

/** Every number of the magic, other magics, directions and sizes: only exact numbers are known. */
export const COMMAND: VectorClass = {
  name: "command",
  title: "every command number, other magics, directions and sizes",
  generate: () => {
    const hint = ioc(IOC_DIRECTION.readWrite, HBF_IOC_MAGIC, 1, 64);
    const numbers = [
      ...BYTES.map((nr) => ioc(IOC_DIRECTION.readWrite, HBF_IOC_MAGIC, nr, 64)),
      ...BYTES.map((type) => ioc(IOC_DIRECTION.readWrite, type, 1, 64)),
      ...NUMBERS.flatMap((nr) =>
        DIRECTIONS.flatMap((direction) =>
          SIZES.map((size) => ioc(direction, HBF_IOC_MAGIC, nr, size)),
        ),
      ),
      ...BIT.map((bit) => (hint ^ (1 << bit)) >>> 0),
      ...[0, 1, 0xffffffff],
    ];
    return [...new Set(numbers)]
      .filter((cmd) => !VFS_COMMANDS.has(cmd))
      .flatMap((cmd) => [draft(cmd, "rdwr"), draft(cmd, "rdonly")]);
  },
};

function draft(cmd: number, mode: "rdwr" | "rdonly"): VectorDraft {
  const number = `0x${cmd.toString(16).padStart(8, "0")}`;
  return {
    id: `command-${number}-${mode}`,
    title: `command ${number} on a file opened ${mode}`,
    calls: specCalls({ ...validSpec("prefetch"), cmd, mode: OPEN_MODE[mode], cells: [] }),
  };
}
