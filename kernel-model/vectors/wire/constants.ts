import { ASK_ROOM } from "../../machine/ask-calls.ts";
import {
  ALL_ACCESSIBLE,
  FILE_OP,
  IOCTL_RAW_POINTER,
  IOCTL_READ_ONLY,
  IOCTL_RELATIVE,
  MREMAP,
  OPEN_MODE,
  OTHER_FILE,
  PROT,
} from "../../machine/calls.ts";
import { MMAP_KINDS } from "../../machine/mmap-kinds.ts";
import { PAGE_ANSWER_BYTES, PAGE_TAGS } from "../../machine/pages/page-calls.ts";
import {
  ARENA_GUARD_PAGES,
  ARENA_PAGES,
  ARENA_START_PAGE,
  PAGE_SIZE,
  SLOTS,
} from "../../machine/params.ts";
import { PROCESS_REGIONS } from "../../machine/process-regions.ts";
import { MAPS_LETTERS } from "../../machine/render-maps.ts";
import { WIRE_OPS } from "./vocabulary.ts";

/** A group of constants that the runner shares with the model, as C writes them. */
export interface ConstantGroup {
  readonly title: string;
  readonly values: readonly (readonly [name: string, value: string])[];
}

/** Every number of the call vocabulary, for the C header. */
export function wireConstants(): readonly ConstantGroup[] {
  const ops = Object.entries(WIRE_OPS).map(([name, { nr }]) => [name, nr] as const);
  const regions = Object.entries(PROCESS_REGIONS);
  const kinds = MMAP_KINDS.map(({ name, nr }) => [name, nr] as const);
  return [
    group("Call numbers.", "OP", ops),
    argumentGroup(),
    group("Access modes of OPEN.", "OPEN", Object.entries(OPEN_MODE)),
    group("Kinds of MMAP.", "KIND", kinds),
    group("Protections of MMAP and MPROTECT.", "PROT", Object.entries(PROT)),
    group("What FILEOP does.", "FILEOP", Object.entries(FILE_OP)),
    group("What OPEN_OTHER opens.", "OTHER", Object.entries(OTHER_FILE)),
    group("Flags of MREMAP, as in linux/mman.h.", "MREMAP", Object.entries(MREMAP)),
    group("Mappings of the process, for RFCK_IOCTL_RELATIVE.", "REGION", regions),
    group("Bytes of an answer.", "ROOM", Object.entries(ASK_ROOM)),
    {
      title: "READ and WHERE: bytes for each page, and what READ says of odd ones.",
      values: [
        ["PAGE_ANSWER_BYTES", `${PAGE_ANSWER_BYTES}`],
        ["TAG_UNREADABLE", `0x${PAGE_TAGS.unreadable.toString(16)}U`],
        ["TAG_DAMAGED", `0x${PAGE_TAGS.damaged.toString(16)}U`],
      ],
    },
    {
      title: "What MAPS takes over of VmFlags in /proc/self/smaps.",
      values: [["MAPS_LETTERS", `" ${MAPS_LETTERS} "`]],
    },
    {
      title: "IOCTL: its flags, and `accessible` of an argument that is readable whole.",
      values: [
        ["IOCTL_RDONLY", `${IOCTL_READ_ONLY}`],
        ["IOCTL_RAW", `${IOCTL_RAW_POINTER}`],
        ["IOCTL_RELATIVE", `${IOCTL_RELATIVE}`],
        ["ACCESSIBLE_ALL", `0x${ALL_ACCESSIBLE.toString(16)}U`],
      ],
    },
    {
      title: "The arena, and what is around it.",
      values: [
        ["ARENA_BASE", `0x${(ARENA_START_PAGE * PAGE_SIZE).toString(16)}UL`],
        ["ARENA_PAGES", `${ARENA_PAGES}`],
        ["GUARD_PAGES", `${ARENA_GUARD_PAGES}`],
        ["SLOTS", `${SLOTS}`],
      ],
    },
  ];
}

function group(
  title: string,
  prefix: string,
  entries: readonly (readonly [string, number])[],
): ConstantGroup {
  return { title, values: entries.map(([name, nr]) => [`${prefix}_${upper(name)}`, `${nr}`]) };
}

function argumentGroup(): ConstantGroup {
  const values = Object.entries(WIRE_OPS).flatMap(([op, { args }]) =>
    args.map((name, index) => [`ARG_${upper(op)}_${upper(name)}`, `${index}`] as const),
  );
  return { title: "Index of each argument in arg[].", values };
}

function upper(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .replaceAll("-", "_")
    .toUpperCase();
}
