/** One entry of an initramfs. */
export interface CpioEntry {
  /** Path without a leading slash. */
  readonly path: string;
  /** File type and permission bits, as in `st_mode`. */
  readonly mode: number;
  /** Content of a regular file; empty for a directory or a device. */
  readonly data?: Uint8Array;
  /** Major and minor number of a device node. */
  readonly device?: readonly [number, number];
}

/** `S_IFDIR | 0755` */
export const DIRECTORY_MODE = 0o040755;
/** `S_IFREG | 0755` */
export const PROGRAM_MODE = 0o100755;
/** `S_IFCHR | 0600` */
export const CHAR_DEVICE_MODE = 0o020600;

const MAGIC = "070701";
const TRAILER = "TRAILER!!!";
/** Archives are padded to this many bytes, as cpio(1) does. */
const BLOCK_BYTES = 512;

/**
 * Writes a newc archive (Documentation/driver-api/early-userspace/buffer-format.rst @ 6.12.117).
 *
 * The same entries give the same bytes: owner, times and device numbers are zero, and inode numbers
 * count up from 1.
 */
export function writeCpio(entries: readonly CpioEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [index, entry] of entries.entries()) parts.push(...entryParts(entry, index + 1));
  parts.push(...entryParts({ path: TRAILER, mode: 0 }, 0));
  const archive = Buffer.concat(parts);
  return new Uint8Array(Buffer.concat([archive, zeros(-archive.length, BLOCK_BYTES)]));
}

function entryParts(entry: CpioEntry, inode: number): Uint8Array[] {
  const data = entry.data ?? new Uint8Array();
  const name = Buffer.from(`${entry.path}\0`);
  const [major, minor] = entry.device ?? [0, 0];
  const links = (entry.mode & 0o170000) === 0o040000 ? 2 : 1;
  const fields = [inode, entry.mode, 0, 0, links, 0, data.length, 0, 0, major, minor];
  const header = MAGIC + [...fields, name.length, 0].map(hex8).join("");
  return [
    Buffer.from(header),
    name,
    zeros(-(header.length + name.length), 4),
    data,
    zeros(-data.length, 4),
  ];
}

function hex8(value: number): string {
  return value.toString(16).padStart(8, "0").toUpperCase();
}

/** Zeros that complete a length (given as its negative) to a multiple of `unit`. */
function zeros(negativeLength: number, unit: number): Uint8Array {
  return new Uint8Array(((negativeLength % unit) + unit) % unit);
}
