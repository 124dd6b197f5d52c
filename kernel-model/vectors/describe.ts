import { formatRet } from "../abi/errno.ts";
import { HINT_OP_NAMES } from "../abi/hint-ops.ts";
import { ioctlNumber } from "../abi/ioctl.ts";
import { argumentStruct, IOCTLS } from "../abi/ioctls/registry.ts";
import { decodeStruct } from "../codec/decode.ts";
import { layoutStruct } from "../codec/layout.ts";
import type { FieldValue } from "../codec/values.ts";
import {
  ALL_ACCESSIBLE,
  type Call,
  FILE_OP,
  IOCTL_RAW_POINTER,
  IOCTL_READ_ONLY,
  IOCTL_RELATIVE,
  type IoctlCall,
  OPEN_MODE,
  OTHER_FILE,
} from "../machine/calls.ts";
import { regionOf } from "../machine/process-regions.ts";
import { readU32 } from "../machine/user-buffer.ts";
import { renderMemoryCall } from "./describe-memory.ts";
import { renderPageCall } from "./describe-pages.ts";
import type { Vector } from "./vector.ts";

/** A program as C would write it, one line a call; members that are zero are left out. */
export function renderProgram(calls: readonly Call[]): readonly string[] {
  return calls.map(renderCall);
}

/** A vector for people: what it pins, its program, and what the model allows for each call. */
export function describeVector(vector: Vector): string {
  const rows = vector.rows.length === 0 ? "none" : vector.rows.join(", ");
  const lines = renderProgram(vector.calls).map((line, index) => {
    const rets = (vector.expected[index] ?? []).map(({ ret }) => formatRet(ret));
    return `${line} /* ${[...new Set(rets)].join(" or ")} */`;
  });
  return [
    `/* ${vector.id}`,
    ` * ${vector.title}`,
    ` * rows: ${rows}; answer: ${vector.answer ?? "none"}`,
    ...(vector.twin === undefined ? [] : [` * twin: ${vector.twin}`]),
    " */",
    ...lines,
    "",
  ].join("\n");
}

function renderCall(call: Call): string {
  switch (call.op) {
    case "open": {
      const user = call.uid === 0 ? "" : ` /* as user ${call.uid} */`;
      return `fd${call.slot} = open("/dev/hbfctl", O_${keyOf(OPEN_MODE, call.flags)});${user}`;
    }
    case "open-other":
      return `fd${call.slot} = open_other(${keyOf(OTHER_FILE, call.which)});`;
    case "close":
      return `close(fd${call.slot});`;
    case "cpuset":
      return `write_cpuset_mems(0x${call.mask.toString(16)});`;
    case "fileop":
      return renderFileOp(call.slot, call.which, call.target);
    case "ioctl":
      return renderIoctl(call);
    case "fork":
      return "if (fork() == 0) { /* the parent waits */";
    case "exit":
      return "_exit(0); }";
    case "exec":
      return `execve("this program, ${call.bits} bits");`;
    case "trace":
    case "totals":
    case "maps":
      return `read_${call.op}();`;
    case "write":
    case "read":
    case "where":
    case "pin":
    case "unpin":
    case "swap-out":
    case "fill":
      return renderPageCall(call);
    default:
      return renderMemoryCall(call);
  }
}

function renderFileOp(slot: number, which: number, target: number): string {
  const fd = `fd${slot}`;
  switch (which) {
    case FILE_OP.lseek:
      return `lseek(${fd}, 0, SEEK_SET);`;
    case FILE_OP.read:
      return `read(${fd}, buffer, 8);`;
    case FILE_OP.write:
      return `write(${fd}, buffer, 8);`;
    case FILE_OP.mmap:
      return `mmap(NULL, PAGE, PROT_READ, MAP_SHARED, ${fd}, 0);`;
    case FILE_OP.epoll:
      return `epoll_ctl(epfd, EPOLL_CTL_ADD, ${fd}, &event);`;
    case FILE_OP.setCloexec:
      return `fcntl(${fd}, F_SETFD, FD_CLOEXEC);`;
    case FILE_OP.clearCloexec:
      return `fcntl(${fd}, F_SETFD, 0);`;
    default:
      return `fd${target} = dup(${fd});`;
  }
}

function renderIoctl(call: IoctlCall): string {
  const command = COMMANDS.get(call.cmd) ?? `0x${call.cmd.toString(16).padStart(8, "0")}`;
  return `ioctl(fd${call.slot}, ${command}, ${renderArgument(call)});${renderMemory(call)}`;
}

const COMMANDS: ReadonlyMap<number, string> = new Map(
  IOCTLS.map((def) => [ioctlNumber(def), def.name]),
);

function renderArgument(call: IoctlCall): string {
  if ((call.flags & IOCTL_RAW_POINTER) !== 0) return `(void *)0x${call.pointer.toString(16)}`;
  const def = argumentStruct(call.cmd);
  const poison = poisonOf(def.size, call.payload);
  if (poison !== undefined) {
    const size = readU32(call.payload, 0);
    return `&(struct ${def.name}){ .size = ${size}, [4 ... ${def.size - 1}] = ${poison} }`;
  }
  const members = decodeStruct(def, call.payload);
  const named = Object.entries(members).flatMap(([name, value]) => renderMember(name, value));
  const known = layoutStruct(def).fields.filter(({ name }) => name in members);
  const end = Math.max(0, ...known.map(({ offset, size }) => offset + size));
  const rest = [...call.payload.entries()]
    .filter(([offset, byte]) => offset >= end && byte !== 0)
    .map(([offset, byte]) => `[${offset}] = 0x${byte.toString(16)}`);
  return `&(struct ${def.name}){ ${[...named, ...rest].join(", ")} }`;
}

/** The byte that fills all of a struct after its size, if it is not zero. */
function poisonOf(structSize: number, payload: Uint8Array): string | undefined {
  const [byte = 0, ...others] = payload.subarray(4, structSize);
  const filled = others.length + 5 === structSize && others.every((other) => other === byte);
  const zeroTail = payload.subarray(structSize).every((other) => other === 0);
  return byte !== 0 && filled && zeroTail ? `0x${byte.toString(16)}` : undefined;
}

function renderMember(name: string, value: FieldValue): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => renderMember(`${name}[${index}]`, element));
  }
  if (typeof value === "object") {
    return Object.entries(value).flatMap(([key, member]) => renderMember(`${name}.${key}`, member));
  }
  if (value === 0 || value === 0n) return [];
  const op = name === "op" && typeof value === "number" ? HINT_OP_NAMES[value - 1] : undefined;
  if (op !== undefined) return [`.op = HBF_OP_${op.toUpperCase()}`];
  const text = typeof value === "bigint" ? `0x${value.toString(16)}` : String(value);
  return [`.${name} = ${text}`];
}

function renderMemory(call: IoctlCall): string {
  const { accessible, flags } = call;
  const region = (flags & IOCTL_RELATIVE) === 0 ? null : regionOf(call);
  const notes = [
    ...(region === null ? [] : [`start is relative to the process's ${region}`]),
    ...(accessible === ALL_ACCESSIBLE ? [] : [`byte ${accessible} faults`]),
    ...((flags & IOCTL_READ_ONLY) === 0 ? [] : ["read-only"]),
  ];
  return notes.length === 0 ? "" : ` /* argument: ${notes.join(", ")} */`;
}

function keyOf(table: Readonly<Record<string, number>>, value: number): string {
  const found = Object.entries(table).find(([, number]) => number === value);
  return (found?.[0] ?? String(value)).toUpperCase();
}
