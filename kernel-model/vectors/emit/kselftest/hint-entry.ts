import { HINT_OP } from "../../../abi/hint-ops.ts";
import { IOC_DIRECTION, ioctlNumber } from "../../../abi/ioctl.ts";
import { HBF_IOC_HINT } from "../../../abi/ioctls/hint.ts";
import { HBF_HINT_SIZE_VER0 } from "../../../abi/structs/hbf_hint.ts";
import { ALL_ACCESSIBLE, OPEN_MODE, PROT } from "../../../machine/calls.ts";
import { type Machine, PAGE_SIZE } from "../../../machine/params.ts";
import { X86_64 } from "../../../machine/platform.ts";
import type { Cell } from "../../cells.ts";
import { arenaAddress, type HintSpec } from "../../hint-spec.ts";

/** The members of a vector of the selftest that differ from a valid hint, as C writes them. */
export type HintEntry = Readonly<Record<string, string>>;

const PAGE = BigInt(PAGE_SIZE);
const LAST_PAGE = (1n << 64n) / PAGE - 1n;
const HALF = 1n << 63n;
/** Further away than this a page is not one of the cells. */
const NEAR_PAGES = 64n;

/**
 * A hint in terms that hold on every machine: nodes by what they are, bytes by the page.
 *
 * Null when it has something that only the machine of the model has.
 */
export function hintEntry(spec: HintSpec, machine: Machine): HintEntry | null {
  const range = rangeMembers(spec);
  const nid = nidSymbol(spec.targetNid, machine);
  const cells = cellText(spec.cells);
  const set = Object.keys(spec.bytes).map(Number);
  const command = commandText(spec.cmd);
  const denied = spec.mems === null ? undefined : deniedSymbol(spec.mems, machine);
  const { accessible } = spec;
  const isOdd = spec.flagsOfCall !== 0 || spec.pointer !== 0n || set.length > 3;
  if (range === null || nid === null || cells === null || command === null) return null;
  if (isOdd || denied === null || accessible === 0) return null;
  return {
    op: opName(spec.op),
    cells: `"${cells}"`,
    ...range,
    nid,
    ...(spec.size === HBF_HINT_SIZE_VER0 ? {} : { size: sizeText(spec.size) }),
    ...(command === "" ? {} : { cmd: command }),
    ...(accessible === ALL_ACCESSIBLE ? {} : { readable: `${accessible}` }),
    ...(set.length === 0 ? {} : { set: `{ ${set.join(", ")} }` }),
    ...(spec.flags === 0n ? {} : { flags: `1ULL << ${spec.flags.toString(2).length - 1}` }),
    ...(spec.pad0 === 0 ? {} : { pad0: `${spec.pad0}` }),
    ...(spec.mode === OPEN_MODE.rdwr ? {} : { mode: `${modeName(spec.mode)} + 1` }),
    ...(denied === undefined ? {} : { denied }),
  };
}

/** `size` as C writes it: what is about a page is about this machine's page. */
export function sizeText(size: number): string {
  if (size === 0) return "SIZE_ZERO";
  if (size === 2 ** 32 - 1) return "UINT_MAX";
  return size >= PAGE_SIZE ? `PAGE_PLUS(${size - PAGE_SIZE})` : `${size}`;
}

function rangeMembers(spec: HintSpec): HintEntry | null {
  const startPage = spec.start / PAGE - arenaAddress(spec.firstPage) / PAGE;
  const isFar = (spec.start / PAGE) * PAGE === HALF;
  const isLong = (spec.len / PAGE) * PAGE === HALF;
  const lenPages = spec.len / PAGE === LAST_PAGE ? -1n : isLong ? 0n : spec.len / PAGE;
  const startOffset = offsetText(spec.start % PAGE);
  const lenOffset = offsetText(spec.len % PAGE);
  if (!isFar && (startPage < -NEAR_PAGES || startPage > NEAR_PAGES)) return null;
  if (lenPages > NEAR_PAGES || startOffset === null || lenOffset === null) return null;
  return {
    page: isFar ? "0" : `${startPage}`,
    npages: `${lenPages}`,
    ...(startOffset === "0" ? {} : { start_off: startOffset }),
    ...(lenOffset === "0" ? {} : { len_off: lenOffset }),
    ...(isFar ? { far: "true" } : {}),
    ...(isLong ? { long_len: "true" } : {}),
  };
}

function offsetText(offset: bigint): string | null {
  if (offset === PAGE - 1n) return "LAST_BYTE";
  return offset < 2n ? `${offset}` : null;
}

function nidSymbol(nid: number, { nodes }: Machine): string | null {
  if (nid === -1) return "NID_AUTO";
  if (nid === -(2 ** 31)) return "INT_MIN";
  if (nid < 0) return `${nid}`;
  const { maxNumnodes } = X86_64;
  if (nid >= maxNumnodes) return nid === maxNumnodes ? "NID_BEYOND" : null;
  const node = nodes[nid];
  if (node?.hasMemory !== true) return "NID_EMPTY";
  return node.topTier ? "NID_TOP" : "NID_LOW";
}

/** The one node with memory that a cpuset lacks. */
function deniedSymbol(mems: number, machine: Machine): string | null {
  const lacking = machine.nodes.flatMap((node, nid) =>
    node.hasMemory && ((mems >>> nid) & 1) === 0 ? [nid] : [],
  );
  const [only] = lacking;
  return lacking.length === 1 && only !== undefined ? nidSymbol(only, machine) : null;
}

/** One character a page, as the selftest's map_cell() reads them; a huge page is one, too. */
function cellText(cells: readonly (Cell | null)[]): string | null {
  const [first] = cells;
  if (first?.kind === 5) return cells.every((cell) => cell?.kind === 5) ? "h" : null;
  const letters = cells.map(cellLetter);
  return letters.includes(undefined) ? null : letters.join("");
}

function cellLetter(cell: Cell | null): string | undefined {
  if (cell === null) return ".";
  const { kind, prot, locked, uffdMissing } = cell;
  const isPlain = prot === (PROT.read | PROT.write);
  const marks = (locked ? "l" : "") + (uffdMissing ? "u" : "");
  if (kind === 4) return isPlain && marks === "" ? "d" : undefined;
  if (kind !== 0) return undefined;
  if (isPlain) return marks.length === 2 ? undefined : marks || "a";
  const letter = { [PROT.none]: "n", [PROT.write]: "w", [PROT.exec]: "x" }[prot];
  return marks === "" ? letter : undefined;
}

const HINT_NUMBER = ioctlNumber(HBF_IOC_HINT);

/** Empty for HINT itself. */
function commandText(cmd: number): string | null {
  if (cmd === HINT_NUMBER) return "";
  const direction = (cmd >>> 30) & 3;
  const size = (cmd >>> 16) & 0x3fff;
  if (size !== HBF_HINT_SIZE_VER0) return null;
  const words = [
    ...((direction & IOC_DIRECTION.read) === 0 ? [] : ["_IOC_READ"]),
    ...((direction & IOC_DIRECTION.write) === 0 ? [] : ["_IOC_WRITE"]),
  ];
  return `_IOC(${words.join(" | ")}, HBF_IOC_MAGIC, ${cmd & 0xff}, ${size})`;
}

function opName(op: number): string {
  if (op > 0x7fffffff) return "-1";
  const found = Object.entries(HINT_OP).find(([, nr]) => nr === op);
  return found === undefined ? `${op}` : `HBF_OP_${found[0].toUpperCase()}`;
}

function modeName(mode: number): string {
  return mode === OPEN_MODE.rdonly ? "O_RDONLY" : "O_WRONLY";
}
