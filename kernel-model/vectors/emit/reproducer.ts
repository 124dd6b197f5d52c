import { UFFD_MODE } from "../../machine/address-space.ts";
import {
  type Call,
  IOCTL_RAW_POINTER,
  IOCTL_READ_ONLY,
  type IoctlCall,
} from "../../machine/calls.ts";
import type { PageCall } from "../../machine/pages/call-types.ts";
import { PROCESS_REGIONS, regionOf } from "../../machine/process-regions.ts";
import { renderProgram } from "../describe.ts";
import type { Vector, VectorSet } from "../vector.ts";
import { renderPrelude } from "./reproducer/prelude.ts";
import { remarksOn } from "./reproducer/remarks.ts";

/** Bytes in a line of an array. */
const BYTES_OF_LINE = 12;

/**
 * A C program that makes the calls of a set, builds alone (`cc reproducer.c`) and prints what each
 * call gave. Each vector begins with nothing open and nothing mapped in the arena. What it needs of
 * the machine, and what it can't show as the guest runner does, stands at its top.
 */
export function renderReproducer(set: VectorSet): string {
  const { stage, seed, topology, vectors } = set;
  const execs: Call[] = [];
  const body = vectors.flatMap((vector) => renderVector(vector, execs));
  return [
    "// SPDX-License-Identifier: GPL-2.0-only",
    `/* Written by rfckit: stage ${stage}, seed ${seed}, topology ${topology}. Run it as root. */`,
    ...remarksOn(vectors.flatMap(({ calls }) => calls)).map((remark) => `/* ${remark} */`),
    renderPrelude(),
    "int main(int argc, char **argv)",
    "{",
    "\tbegin(argc, argv);",
    ...execs.flatMap((_, index) => [`\tif (from == ${index + 1})`, `\t\tgoto exec${index + 1};`]),
    ...body,
    "\treturn 0;",
    "}",
    "",
  ].join("\n");
}

/** @param execs the execs of the program so far; those of the vector are added */
function renderVector({ id, calls }: Vector, execs: Call[]): readonly string[] {
  const lines = ["", `\t/* ${id} */`, "\tfresh();"];
  let indent = "\t";
  const endChild = (): void => {
    if (indent === "\t") return;
    lines.push(`${indent}end_child();`);
    indent = indent.slice(1);
    lines.push(`${indent}}`);
  };
  for (const call of calls) {
    if (call.op === "fork") {
      lines.push(`${indent}if (began_child(${textOf(call)})) {`);
      indent += "\t";
      continue;
    }
    if (call.op === "exec") lines.push(`exec${execs.push(call)}:`);
    lines.push(`${indent}did(${textOf(call)},\n${indent}    ${expressionOf(call, execs.length)});`);
    if (call.op === "exit") endChild();
  }
  while (indent !== "\t") endChild();
  return lines;
}

function textOf(call: Call): string {
  return JSON.stringify(renderProgram([call]).join(" ").replace(/;$/, ""));
}

/** @param exec number of an exec, from 1 */
function expressionOf(call: Exclude<Call, { readonly op: "fork" }>, exec: number): string {
  switch (call.op) {
    case "open":
      return `do_open(${call.slot}, ${call.flags}, ${call.uid})`;
    case "open-other":
      return `do_open_other(${call.slot}, ${call.which})`;
    case "close":
      return `do_close(${call.slot})`;
    case "mmap":
      return `do_mmap(${call.kind}, ${call.page}, ${call.npages}, ${call.prot})`;
    case "mprotect":
      return `mprotect(${rangeOf(call)}, ${call.prot})`;
    case "mremap": {
      const { page, npages, toPage, toPages, flags } = call;
      return `do_mremap(${page}, ${npages}, ${toPage}, ${toPages}, ${flags})`;
    }
    case "madvise":
      return `madvise(${rangeOf(call)}, ${call.advice})`;
    case "pkey":
      return `do_pkey(${call.page}, ${call.npages}, ${call.prot}, ${call.rights})`;
    case "munmap":
    case "munlock":
      return `${call.op}(${rangeOf(call)})`;
    case "mlock":
      return `syscall(SYS_mlock2, ${rangeOf(call)}, MLOCK_ONFAULT)`;
    case "mlock-now":
      return `mlock(${rangeOf(call)})`;
    case "brk":
    case "touch":
      return `do_${call.op}(${call.page}, ${call.npages})`;
    case "uffd":
      return `do_uffd(${call.page}, ${call.npages}, ${UFFD_MODE.missing})`;
    case "uffd-mode":
      return `do_uffd(${call.page}, ${call.npages}, ${call.mode})`;
    case "cpuset":
      return `do_cpuset("${nodesOf(call.mask)}\\n")`;
    case "fileop":
      return `do_file(${call.slot}, ${call.which}, ${call.target})`;
    case "ioctl":
      return ioctlOf(call);
    case "exit":
      return "0";
    case "exec":
      return `from == ${exec} ? 0 : do_exec(${exec}, ${call.bits})`;
    case "trace":
    case "totals":
    case "maps":
      return `do_${call.op}()`;
    default:
      return pageExpressionOf(call);
  }
}

function pageExpressionOf(call: PageCall): string {
  switch (call.op) {
    case "write":
      return `do_write(${call.page}, ${call.npages}, ${call.seed}, ${call.nid})`;
    case "read":
      return `do_read(${call.page}, ${call.npages}, ${call.nid})`;
    case "swap-out":
      return `madvise(${rangeOf(call)}, MADV_PAGEOUT)`;
    case "where":
    case "pin":
      return `do_${call.op}(${call.page}, ${call.npages})`;
    case "unpin":
      return "do_unpin()";
    case "fill":
      return "0";
    default:
      return call satisfies never;
  }
}

function rangeOf({ page, npages }: { readonly page: number; readonly npages: number }): string {
  return `at(${page}), ${npages} * PAGE`;
}

function nodesOf(mask: number): string {
  const all = Array.from({ length: 32 }, (_, nid) => nid);
  return all.filter((nid) => ((mask >>> nid) & 1) === 1).join(",");
}

function ioctlOf(call: IoctlCall): string {
  const { slot, cmd, accessible, flags, pointer, payload } = call;
  const number = `0x${cmd.toString(16)}U`;
  if ((flags & IOCTL_RAW_POINTER) !== 0) {
    const argument = `0x${BigInt.asUintN(64, pointer).toString(16)}ULL`;
    return `ioctl(fd[${slot}], ${number}, (unsigned long)${argument})`;
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
  const name = regionOf(call);
  const region = name === null ? -1 : PROCESS_REGIONS[name];
  const rest = `${bytes.length}, ${limit}, ${isReadOnly}, ${region}`;
  return `do_ioctl(${slot}, ${number}, ${array},\n\t\t${rest})`;
}
