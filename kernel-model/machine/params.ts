import type { Stage } from "../abi/stage.ts";
import { demotionTargets, predictTiers } from "../topology/tiers.ts";
import type { Topology } from "../topology/topology.ts";
import { CALLERS, type Caller } from "./caller.ts";
import { ARENA_ADDRESS, geometryOf, type PageGeometry } from "./page-geometry.ts";
import { type Platform, X86_64 } from "./platform.ts";

/** Bytes of a base page of the platform that vectors are made for. */
export const PAGE_SIZE = X86_64.pageSize;

/** Page number of the test arena on the machine that runs the vectors. */
export const ARENA_START_PAGE = ARENA_ADDRESS / PAGE_SIZE;
export const ARENA_PAGES = 512;
/** Pages on either side of the arena where the runner never maps anything. */
export const ARENA_GUARD_PAGES = 512;

/** Number of file slots of the runner. */
export const SLOTS = 8;

/** A bit for each node. */
export type NodeMask = number;

/** What the model knows of a node. */
export interface MachineNode {
  readonly hasMemory: boolean;
  readonly topTier: boolean;
  /**
   * Whether pages stay there when they are pinned for long. Memory that comes late is for movable
   * pages only, and they leave it first. mm/gup.c:folio_is_longterm_pinnable @ 6.12.117
   */
  readonly pinnable: boolean;
  /** Where demotion goes to from here: any of them, as they are equally good. */
  readonly demotion: readonly number[];
}

/** The constant part of a model: the stage of the kernel and the machine it runs on. */
export interface Machine {
  readonly stage: Stage;
  /** Indexed by nid; nodes beyond it don't exist. */
  readonly nodes: readonly MachineNode[];
  readonly memoryNodes: NodeMask;
  /** Those of them that the cpuset around the caller's own leaves it. */
  readonly outerMems: NodeMask;
  /** Whether vectors begin in a program of 32 bits. */
  readonly startsCompat: boolean;
  readonly platform: Platform;
  /** The node of the CPU that carries vectors out. */
  readonly homeNode: number;
  readonly pages: PageGeometry;
}

/** The machine that a topology describes, with the kernel of a stage and who calls it. */
export function createMachine(
  topology: Topology,
  stage: Stage,
  platform: Platform = X86_64,
  caller: Caller = CALLERS[0],
): Machine {
  const tiers = predictTiers(topology);
  const highest = Math.max(...topology.nodes.map(({ nid }) => nid));
  const nodes = Array.from({ length: highest + 1 }, (_, nid): MachineNode => {
    const tier = tiers.find((candidate) => candidate.nid === nid);
    const demotion = tier === undefined ? [] : demotionTargets(tiers, tier);
    const { via = "ram" } = topology.nodes.find((node) => node.nid === nid) ?? {};
    const pinnable = tier !== undefined && via === "ram";
    return { hasMemory: tier !== undefined, topTier: tier?.topTier ?? false, pinnable, demotion };
  });
  const homeNode = topology.nodes.find(({ cpus }) => cpus.includes(0))?.nid ?? 0;
  const memoryNodes = tiers.reduce((mask, { nid }) => mask | (1 << nid), 0);
  const outerMems = memoryNodes & (caller.outerMems ?? memoryNodes);
  const startsCompat = caller.compat ?? false;
  const called = { memoryNodes, outerMems, startsCompat };
  return { stage, nodes, ...called, platform, homeNode, pages: geometryOf(platform) };
}
