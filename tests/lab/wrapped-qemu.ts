import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { X86 } from "../../tools/lib/arch/registry.ts";

/**
 * A program that carries lines of shell out, then QEMU, then more lines.
 *
 * @param before may change QEMU's arguments
 */
export async function wrappedQemu(
  dir: string,
  before: readonly string[],
  after: readonly string[] = [],
): Promise<string> {
  const file = join(await mkdtemp(join(dir, "qemu-")), "qemu");
  const lines = [
    ...["#!/bin/sh", ...before],
    ...[`${X86.machine.program} "$@"`, "code=$?", ...after, "exit $code"],
  ];
  await writeFile(file, `${lines.join("\n")}\n`, { mode: 0o755 });
  return file;
}

/** Writes over the first result, so that its checksum is wrong. */
export const DAMAGE = "range.fill(0xff, at, at + 4);";

/** Puts the first two results in each other's place; their checksums stay good. */
export const SWAP = `
const bytes = (from) => 32 + Math.ceil(range.readUInt32LE(from + 16) / 8) * 8;
const second = at + bytes(at);
const end = second + bytes(second);
Buffer.concat([range.subarray(second, end), range.subarray(at, second)]).copy(range, at);`;

/**
 * Lines that change the results in a shared range, once the guest has ended. They write in place:
 * the host still looks at the range, and takes one that is cut short for a guest gone wild.
 */
export async function changing(
  dir: string,
  sharedFile: string,
  change: string,
): Promise<readonly string[]> {
  const script = join(dir, "change.cjs");
  const text = `const { openSync, readFileSync, writeSync } = require("node:fs");
const range = readFileSync(${JSON.stringify(sharedFile)});
const at = Number(range.readBigUInt64LE(24));
${change}
writeSync(openSync(${JSON.stringify(sharedFile)}, "r+"), range, 0, range.length, 0);
`;
  await writeFile(script, text);
  return [`"${process.execPath}" "${script}"`];
}
