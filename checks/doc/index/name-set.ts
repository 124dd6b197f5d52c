const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;
/** Makes the hash of a name behind struct, union or enum another one than that of the name. */
const TAG_SALT = 0x5bd1e995;

/** Continues the FNV-1a hash of a name by one character; start with `HASH_START`. */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, PRIME);
}

export const HASH_START: number = OFFSET_BASIS;

/** The hash of a name of plain ASCII. */
export function hashName(name: string): number {
  let hash = HASH_START;
  for (let at = 0; at < name.length; at++) hash = hashStep(hash, name.charCodeAt(at));
  return hash;
}

/** From the hash of a name to that of the name as the tag of a struct, union or enum. */
export function asTag(hash: number): number {
  return hash ^ TAG_SALT;
}

/**
 * Identifiers of a tree, as hashes of 32 bits: about four million in a kernel, so that one name of
 * a thousand that are gone is taken for one that exists.
 */
export interface NameSet {
  /** Whether any source file has the identifier. */
  has(name: string): boolean;
  /** Whether any source file has it behind struct, union or enum. */
  hasTag(name: string): boolean;
}

/** Collects hashes; grows as it is filled. */
export class NameCollector {
  private slots = new Int32Array(1 << 16);
  private count = 0;
  /** What was added last: most words of a source stand there again soon, and this fits a cache. */
  private readonly recent = new Int32Array(1 << 15);

  add(hash: number): void {
    const value = hash === 0 ? 1 : hash;
    const place = value & (this.recent.length - 1);
    if (this.recent[place] === value) return;
    this.recent[place] = value;
    const at = findSlot(this.slots, value);
    if (this.slots[at] === value) return;
    this.slots[at] = value;
    this.count++;
    if (this.count * 2 > this.slots.length) this.grow();
  }

  private grow(): void {
    const larger = new Int32Array(this.slots.length * 4);
    for (const value of this.slots) if (value !== 0) larger[findSlot(larger, value)] = value;
    this.slots = larger;
  }

  /** The hashes, sorted. */
  freeze(): Uint32Array {
    return Uint32Array.from(this.slots.filter((value) => value !== 0)).sort();
  }
}

function findSlot(slots: Int32Array, value: number): number {
  const mask = slots.length - 1;
  let at = (value >>> 8) & mask;
  while (slots[at] !== 0 && slots[at] !== value) at = (at + 1) & mask;
  return at;
}

/** A set of names from sorted hashes. */
export function openNameSet(hashes: Uint32Array): NameSet {
  const contains = (hash: number): boolean => {
    const wanted = (hash === 0 ? 1 : hash) >>> 0;
    let low = 0;
    let high = hashes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((hashes[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return hashes[low] === wanted;
  };
  return {
    has: (name) => contains(hashName(name)),
    hasTag: (name) => contains(asTag(hashName(name))),
  };
}
