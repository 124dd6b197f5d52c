import { wireConstants } from "./constants.ts";
import {
  FOOTER_DIGEST,
  FOOTER_MARK,
  IMAGE_HEADER,
  IMAGE_HEADER_SIZE,
  IMAGE_MAGIC,
  IMAGE_VERSION,
  RECORD_HEADER,
  RECORD_HEADER_SIZE,
  RESULT_HEADER,
  RESULT_HEADER_SIZE,
  WIRE_ALIGNMENT,
  type WireMember,
} from "./format.ts";

const C_TYPE = {
  u8: "uint8_t",
  u16: "uint16_t",
  u32: "uint32_t",
  u64: "uint64_t",
  s64: "int64_t",
} as const;

/** The C header of the wire format, for the guest runner; little-endian machines only. */
export function renderWireHeader(): string {
  return [
    "/* SPDX-License-Identifier: GPL-2.0-only */",
    "/* Generated from kernel-model/vectors/wire by `rfckit vectors --emit c-header`: don't edit. */",
    "#ifndef RFCKIT_WIRE_H",
    "#define RFCKIT_WIRE_H",
    "",
    "#include <stddef.h>",
    "#include <stdint.h>",
    "",
    `#define WIRE_IMAGE_MAGIC "${IMAGE_MAGIC}"`,
    define("IMAGE_VERSION", `${IMAGE_VERSION}u`),
    define("ALIGNMENT", `${WIRE_ALIGNMENT}u`),
    define("FOOTER_MARK", `0x${FOOTER_MARK.toString(16)}u`),
    define("FOOTER_DIGEST", `0x${FOOTER_DIGEST.toString(16)}ull`),
    "",
    ...wireConstants().flatMap(({ title, values }) => [
      `/* ${title} */`,
      ...values.map(([name, value]) => define(name, value)),
      "",
    ]),
    ...renderStruct("wire_image", IMAGE_HEADER, IMAGE_HEADER_SIZE),
    ...renderStruct("wire_record", RECORD_HEADER, RECORD_HEADER_SIZE),
    ...renderStruct("wire_result", RESULT_HEADER, RESULT_HEADER_SIZE),
    "#endif /* RFCKIT_WIRE_H */",
    "",
  ].join("\n");
}

function define(name: string, value: string): string {
  return `#define WIRE_${name} ${value}`;
}

function renderStruct(name: string, members: readonly WireMember[], size: number): string[] {
  const field = ({ type, name: member, count }: WireMember): string =>
    `\t${C_TYPE[type]} ${member}${count === undefined ? "" : `[${count}]`};`;
  const proof = ({ name: member, offset }: WireMember): string =>
    `_Static_assert(offsetof(struct ${name}, ${member}) == ${offset}, "${name}.${member}");`;
  return [
    `struct ${name} {`,
    ...members.map(field),
    "};",
    `_Static_assert(sizeof(struct ${name}) == ${size}, "${name}");`,
    ...members.map(proof),
    "",
  ];
}
