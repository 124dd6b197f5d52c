import { ALL_ACCESSIBLE, FILE_OP, OTHER_FILE } from "../../../machine/calls.ts";
import { MMAP_KINDS } from "../../../machine/mmap-kinds.ts";
import {
  ARENA_GUARD_PAGES,
  ARENA_PAGES,
  ARENA_START_PAGE,
  PAGE_SIZE,
  SLOTS,
} from "../../../machine/params.ts";
import { PROCESS_REGIONS } from "../../../machine/process-regions.ts";
import { REPRODUCER_ASK } from "./ask.ts";
import { REPRODUCER_FILES } from "./files.ts";
import { REPRODUCER_MEMORY } from "./memory.ts";
import { REPRODUCER_PAGES } from "./pages.ts";
import { REPRODUCER_PROCESS } from "./process.ts";

const HEADERS = [
  "errno.h",
  "fcntl.h",
  "linux/userfaultfd.h",
  "stdint.h",
  "stdio.h",
  "stdlib.h",
  "string.h",
  "sys/epoll.h",
  "sys/eventfd.h",
  "sys/ioctl.h",
  "sys/mman.h",
  "sys/prctl.h",
  "sys/stat.h",
  "sys/syscall.h",
  "sys/wait.h",
  "unistd.h",
];

/**
 * What the calls of a reproducer are made with: C that needs a C library and nothing else. It
 * switches over enums without a default, so gcc -Wall tells of a number that it has no C for.
 */
export function renderPrelude(): string {
  const kinds = Object.fromEntries(MMAP_KINDS.map(({ name, nr }) => [name, nr]));
  return [
    "#define _GNU_SOURCE",
    ...HEADERS.map((header) => `#include <${header}>`),
    "",
    `#define SLOTS ${SLOTS}`,
    `#define PAGE ${PAGE_SIZE}L`,
    `#define ARENA 0x${(ARENA_START_PAGE * PAGE_SIZE).toString(16)}UL`,
    `#define ARENA_PAGES ${ARENA_PAGES}`,
    `#define GUARD_PAGES ${ARENA_GUARD_PAGES}`,
    `#define ALL_ACCESSIBLE 0x${ALL_ACCESSIBLE.toString(16)}U`,
    "/* Offset of start in struct hbf_hint */",
    "#define HINT_START 16",
    '#define CGROUP "/sys/fs/cgroup/reproducer"',
    '#define TRACING "/sys/kernel/tracing"',
    '#define STATS "/sys/kernel/debug/hbf/stats"',
    "",
    renderEnum("kind", kinds),
    renderEnum("fileop", FILE_OP),
    renderEnum("other", OTHER_FILE),
    renderEnum("region", PROCESS_REGIONS),
    "",
    "static const int flags_of_kind[] = {",
    ...MMAP_KINDS.map(({ nr, c }) => `\t[${nr}] = ${c},`),
    "};",
    "",
    REPRODUCER_PROCESS,
    REPRODUCER_ASK,
    REPRODUCER_MEMORY,
    REPRODUCER_PAGES,
    REPRODUCER_FILES,
  ].join("\n");
}

function renderEnum(name: string, values: Readonly<Record<string, number>>): string {
  const members = Object.entries(values).map(
    ([key, value]) => `\t${enumerator(name, key)} = ${value},`,
  );
  return [`enum ${name} {`, ...members, "};"].join("\n");
}

function enumerator(name: string, key: string): string {
  const words = key.replaceAll(/([a-z])([A-Z])/g, "$1_$2").replaceAll("-", "_");
  return `${name}_${words}`.toUpperCase();
}
