/** Files of the guest that init handed over, by name. */
export type Extras = ReadonlyMap<string, Uint8Array>;

const HEAD_BYTES = 8;

/** Reads `struct rfck_extra` after `struct rfck_extra`; one that is cut off is dropped. */
export function parseExtras(bytes: Uint8Array): Extras {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const extras = new Map<string, Uint8Array>();
  let at = 0;
  while (at + HEAD_BYTES <= bytes.length) {
    const nameBytes = view.getUint32(at, true);
    const dataBytes = view.getUint32(at + 4, true);
    const nameAt = at + HEAD_BYTES;
    const dataAt = nameAt + padded(nameBytes);
    if (dataAt + dataBytes > bytes.length) break;
    const name = new TextDecoder().decode(bytes.subarray(nameAt, nameAt + nameBytes));
    extras.set(name, bytes.slice(dataAt, dataAt + dataBytes));
    at = dataAt + padded(dataBytes);
  }
  return extras;
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
