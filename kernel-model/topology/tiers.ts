import type { NodeDef, Topology } from "./topology.ts";

const MEMTIER_CHUNK_BITS = 7;
/** `MEMTIER_DEFAULT_DAX_ADISTANCE`: drivers/dax/kmem.c @ 6.12.117. */
const TIMES_OF_DAX = 5;
/** `MEMTIER_ADISTANCE_DRAM`: include/linux/memory-tiers.h @ 6.12.117. */
const ADISTANCE_DRAM = 4 * 128 + 64;

/** The tier of one node, as the guest's `memory_tierN` shows it. */
export interface NodeTier {
  readonly nid: number;
  /** Abstract distance. */
  readonly adistance: number;
  /** N of `/sys/devices/virtual/memory_tiering/memory_tierN`. */
  readonly tier: number;
  /** mm/memory-tiers.c:node_is_toptier @ 6.12.117 */
  readonly topTier: boolean;
}

/**
 * Predicts the tier of every node that has memory, ascending by node.
 *
 * Nodes with CPUs are default DRAM; a memory-only node is placed by HMAT with the integer order of
 * mm/memory-tiers.c:mt_perf_to_adistance @ 6.12.117. Where HMAT says nothing of it, it counts as
 * DRAM, but what kmem takes up is five times as far (drivers/dax/kmem.c:dev_dax_kmem_probe). The
 * top tier is the lowest tier that has a CPU (establish_demotion_targets), and all above it.
 */
export function predictTiers(topology: Topology): readonly NodeTier[] {
  const withMemory = topology.nodes.filter((node) => node.memoryMib > 0);
  const dram = withMemory.find((node) => node.cpus.length > 0);
  const placed = withMemory.map((node) => {
    const adistance = adistanceOf(node, dram, topology.hmat);
    return { node, adistance, tier: adistance >> MEMTIER_CHUNK_BITS };
  });
  const cpuTiers = placed.filter(({ node }) => node.cpus.length > 0).map(({ tier }) => tier);
  const lowestTop = Math.max(...cpuTiers);
  return placed.map(({ node, adistance, tier }) => ({
    nid: node.nid,
    adistance,
    tier,
    topTier: tier <= lowestTop,
  }));
}

/**
 * The nodes that pages of a node are demoted to: those of the next lower tier, which a topology
 * says nothing of that would tell one from another.
 * mm/memory-tiers.c:establish_demotion_targets @ 6.12.117
 */
export function demotionTargets(tiers: readonly NodeTier[], from: NodeTier): readonly number[] {
  const lower = tiers.filter(({ tier }) => tier > from.tier);
  const next = Math.min(...lower.map(({ tier }) => tier));
  return lower.filter(({ tier }) => tier === next).map(({ nid }) => nid);
}

function adistanceOf(node: NodeDef, dram: NodeDef | undefined, hmat: boolean): number {
  if (node.cpus.length > 0 || dram === undefined) return ADISTANCE_DRAM;
  if (!hmat || node.via === "cxl") {
    return isTakenUpByKmem(node) ? ADISTANCE_DRAM * TIMES_OF_DAX : ADISTANCE_DRAM;
  }
  const { latencyNs, bandwidthMibPerSec } = node.performance;
  const base = dram.performance;
  const byLatency = Math.trunc((ADISTANCE_DRAM * latencyNs * 2) / (base.latencyNs * 2));
  return Math.trunc((byLatency * base.bandwidthMibPerSec * 2) / (bandwidthMibPerSec * 2));
}

function isTakenUpByKmem({ via = "ram" }: NodeDef): boolean {
  return via === "soft-reserved" || via === "nvdimm" || via === "cxl";
}
