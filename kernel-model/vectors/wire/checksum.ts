const PRIME = 0x01000193;

const mix = (sum: number, word: number): number => {
  const mixed = sum ^ word;
  return Math.imul((mixed << 15) | (mixed >>> 17), PRIME);
};

/**
 * Whether a result is whole: of its words, then of the bytes that are left; any change of one word
 * changes it. `seed` continues an earlier one. tools/guest/checksum.c is the same.
 */
export function checksum(bytes: Uint8Array, seed = 0): number {
  const words = bytes.length >>> 2;
  let sum = seed;
  for (let word = 0; word < words; word += 1) {
    const at = 4 * word;
    const low = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    sum = mix(sum, low | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24));
  }
  for (const byte of bytes.subarray(4 * words)) sum = mix(sum, byte);
  return sum >>> 0;
}
