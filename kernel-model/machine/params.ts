import type { Stage } from "../abi/stage.ts";
import { predictTiers } from "../topology/tiers.ts";
import type { Topology } from "../topology/topology.ts";

/** Bytes of a base page. */
export const PAGE_SIZE = 4096;

/** Pages below TASK_SIZE: 2^47 - 4096 bytes. arch/x86/include/asm/page_64_types.h @ 6.12.117 */
export const TASK_SIZE_PAGES = 2 ** 35 - 1;

/** Pages of the whole 64-bit address space; exact as a number, so scans need no bigint. */
export const ADDRESS_SPACE_PAGES = 2 ** 52;

/** `1 << CONFIG_NODES_SHIFT`. */
export const MAX_NUMNODES = 64;

/** Where the test arena lies: page number of 0x40000000, reachable for 32-bit callers too. */
export const ARENA_START_PAGE = 0x40000;
export const ARENA_PAGES = 512;
/** Pages on either side of the arena where the runner never maps anything. */
export const ARENA_GUARD_PAGES = 512;
/** Pages from address 0 on that no program maps (1 MiB): below any executable's base. */
export const LOW_HOLE_PAGES = 256;

/** Base pages of one huge page; the arena is aligned to it. */
export const HUGE_PAGE_PAGES = 512;

/** Number of file slots of the runner. */
export const SLOTS = 8;

/** What the model knows of a node. */
export interface MachineNode {
  readonly hasMemory: boolean;
  readonly topTier: boolean;
}

/** The constant part of a model: the stage of the kernel and the machine it runs on. */
export interface Machine {
  readonly stage: Stage;
  /** Indexed by nid; nodes beyond it don't exist. */
  readonly nodes: readonly MachineNode[];
  /** Bit mask of the nodes with memory. */
  readonly memoryNodes: number;
}

/** The machine that a topology describes, with the kernel of a stage. */
export function createMachine(topology: Topology, stage: Stage): Machine {
  const tiers = predictTiers(topology);
  const highest = Math.max(...topology.nodes.map(({ nid }) => nid));
  const nodes = Array.from({ length: highest + 1 }, (_, nid): MachineNode => {
    const tier = tiers.find((candidate) => candidate.nid === nid);
    return { hasMemory: tier !== undefined, topTier: tier?.topTier ?? false };
  });
  const memoryNodes = tiers.reduce((mask, { nid }) => mask | (1 << nid), 0);
  return { stage, nodes, memoryNodes };
}
