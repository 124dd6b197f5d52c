import { PKEY_DENIES, UFFD_MODE } from "../machine/address-space.ts";
import { ADVICE, type MemoryCall, MREMAP, PROT } from "../machine/calls.ts";
import { MMAP_KINDS } from "../machine/mmap-kinds.ts";

/** A call on the address space as C would write it. */
export function renderMemoryCall(call: MemoryCall): string {
  const range = pages(call);
  switch (call.op) {
    case "mmap": {
      const flags = MMAP_KINDS[call.kind]?.c ?? `kind ${call.kind}`;
      return `mmap(${range}, ${renderProt(call.prot)}, ${flags}, ...);`;
    }
    case "mprotect":
      return `mprotect(${range}, ${renderProt(call.prot)});`;
    case "mremap": {
      const to = `arena + ${call.toPage} * PAGE, ${call.toPages} * PAGE`;
      return `mremap(${range}, ${to}, ${names("MREMAP", MREMAP, call.flags)});`;
    }
    case "madvise": {
      const advice = Object.entries(ADVICE).find(([, value]) => value === call.advice)?.[0];
      return `madvise(${range}, ${advice === undefined ? call.advice : `MADV_${upper(advice)}`});`;
    }
    case "pkey": {
      const key = `pkey_alloc(0, ${names("PKEY_DISABLE", PKEY_DENIES, call.rights)})`;
      return `pkey_mprotect(${range}, ${renderProt(call.prot)}, ${key});`;
    }
    case "brk":
      return `start_brk(arena + ${call.page} * PAGE); sbrk(${call.npages} * PAGE);`;
    case "mlock":
      return `mlock2(${range}, MLOCK_ONFAULT);`;
    case "mlock-now":
      return `mlock(${range});`;
    case "uffd":
      return renderUffd(range, UFFD_MODE.missing);
    case "uffd-mode":
      return renderUffd(range, call.mode);
    case "touch":
      return `write_each_page(${range});`;
    case "munmap":
    case "munlock":
      return `${call.op}(${range});`;
  }
}

function renderUffd(range: string, mode: number): string {
  const modes = names("UFFDIO_REGISTER_MODE", UFFD_MODE, mode);
  return `ioctl(uffd, UFFDIO_REGISTER, { ${range}, ${modes} });`;
}

function pages({ page, npages }: { readonly page: number; readonly npages: number }): string {
  return `arena + ${page} * PAGE, ${npages} * PAGE`;
}

function renderProt(prot: number): string {
  const known = Object.entries(PROT).filter(([, bit]) => (prot & bit) !== 0);
  return known.length === 0 ? "PROT_NONE" : names("PROT", PROT, prot);
}

function names(prefix: string, bits: Readonly<Record<string, number>>, value: number): string {
  const set = Object.entries(bits).filter(([, bit]) => bit !== 0 && (value & bit) !== 0);
  const known = set.reduce((mask, [, bit]) => mask | bit, 0);
  const rest = value & ~known;
  const words = set.map(([name]) => `${prefix}_${upper(name)}`);
  return rest === 0 && words.length > 0 ? words.join(" | ") : [...words, `${rest}`].join(" | ");
}

function upper(name: string): string {
  return name.toUpperCase();
}
