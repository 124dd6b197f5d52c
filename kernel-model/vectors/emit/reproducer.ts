import {
  ALL_ACCESSIBLE,
  type Call,
  IOCTL_RAW_POINTER,
  IOCTL_READ_ONLY,
  type IoctlCall,
} from "../../machine/calls.ts";
import { ARENA_START_PAGE, PAGE_SIZE, SLOTS } from "../../machine/params.ts";
import { renderProgram } from "../describe.ts";
import type { VectorSet } from "../vector.ts";
import { REPRODUCER_SUPPORT } from "./reproducer-support.ts";

/** Bytes in a line of an array. */
const BYTES_OF_LINE = 12;

/**
 * A C program that makes the calls of a set, builds alone (`cc reproducer.c`) and prints what each
 * call gave. Each vector begins with nothing open and nothing mapped in the arena.
 */
export function renderReproducer(set: VectorSet): string {
  const { stage, seed, topology, vectors } = set;
  const body = vectors.flatMap(({ id, calls }) => [
    `\t/* ${id} */`,
    "\tfresh();",
    ...calls.map((call) => `\t${renderCall(call)}`),
  ]);
  return [
    "// SPDX-License-Identifier: GPL-2.0-only",
    `/* Written by rfckit: stage ${stage}, seed ${seed}, topology ${topology}. Run it as root. */`,
    `#define SLOTS ${SLOTS}`,
    `#define PAGE ${PAGE_SIZE}L`,
    `#define ARENA 0x${(ARENA_START_PAGE * PAGE_SIZE).toString(16)}UL`,
    `#define ALL_ACCESSIBLE 0x${ALL_ACCESSIBLE.toString(16)}U`,
    REPRODUCER_SUPPORT,
    "static void fresh(void)",
    "{",
    "\tint slot;",
    "",
    "\tfor (slot = 0; slot < SLOTS; slot++) {",
    "\t\tif (fd[slot] >= 0)",
    "\t\t\tclose(fd[slot]);",
    "\t\tfd[slot] = -1;",
    "\t}",
    "\tmunmap(at(-512), 1536 * PAGE);",
    "\tif (uffd >= 0)",
    "\t\tclose(uffd);",
    "\tuffd = -1;",
    "}",
    "",
    "int main(void)",
    "{",
    "\tmemset(fd, -1, sizeof(fd));",
    "\t(void)do_open, (void)do_close, (void)do_mmap, (void)do_touch, (void)do_uffd;",
    "\t(void)do_cpuset, (void)do_ioctl, (void)do_file;",
    ...body,
    "\treturn 0;",
    "}",
    "",
  ].join("\n");
}

function renderCall(call: Call): string {
  const text = JSON.stringify(renderProgram([call]).join(" ").replace(/;$/, ""));
  return `did(${text},\n\t    ${expressionOf(call)});`;
}

function expressionOf(call: Call): string {
  switch (call.op) {
    case "open":
      return `do_open(${call.slot}, ${call.flags}, ${call.uid})`;
    case "close":
      return `do_close(${call.slot})`;
    case "mmap":
      return `do_mmap(${call.kind}, ${call.page}, ${call.npages}, ${call.prot})`;
    case "munmap":
      return `munmap(at(${call.page}), ${call.npages} * PAGE)`;
    case "mprotect":
      return `mprotect(at(${call.page}), ${call.npages} * PAGE, ${call.prot})`;
    case "mlock":
      return `syscall(SYS_mlock2, at(${call.page}), ${call.npages} * PAGE, MLOCK_ONFAULT)`;
    case "munlock":
      return `munlock(at(${call.page}), ${call.npages} * PAGE)`;
    case "touch":
    case "uffd":
      return `do_${call.op}(${call.page}, ${call.npages})`;
    case "cpuset":
      return `do_cpuset("${nodesOf(call.mask)}\\n")`;
    case "fileop":
      return `do_file(${call.slot}, ${call.which}, ${call.target})`;
    case "ioctl":
      return ioctlOf(call);
    default:
      throw new RangeError("the reproducer has no C for a call of the vector");
  }
}

function nodesOf(mask: number): string {
  const all = Array.from({ length: 32 }, (_, nid) => nid);
  return all.filter((nid) => ((mask >>> nid) & 1) === 1).join(",");
}

function ioctlOf({ slot, cmd, accessible, flags, pointer, payload }: IoctlCall): string {
  const number = `0x${cmd.toString(16)}U`;
  if ((flags & IOCTL_RAW_POINTER) !== 0) {
    return `ioctl(fd[${slot}], ${number}, 0x${BigInt.asUintN(64, pointer).toString(16)}UL)`;
  }
  const bytes = Array.from(payload, (byte) => `0x${byte.toString(16)}`);
  const lines = [];
  for (let at = 0; at < bytes.length; at += BYTES_OF_LINE) {
    lines.push(bytes.slice(at, at + BYTES_OF_LINE).join(", "));
  }
  const head = `(const unsigned char[${Math.max(bytes.length, 1)}])`;
  const array = `${head}{\n\t\t${lines.join(",\n\t\t")} }`;
  const isReadOnly = (flags & IOCTL_READ_ONLY) !== 0 ? 1 : 0;
  const limit = `0x${accessible.toString(16)}U`;
  return `do_ioctl(${slot}, ${number}, ${array},\n\t\t${bytes.length}, ${limit}, ${isReadOnly})`;
}
