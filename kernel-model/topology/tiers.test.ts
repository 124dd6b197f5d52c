import { expect, test } from "vitest";
import { ONE_NODE } from "./one-node.ts";
import { TOPOLOGIES } from "./registry.ts";
import { predictTiers } from "./tiers.ts";
import { TWO_TIERS_HMAT } from "./two-tiers-hmat.ts";

test("ten times the latency at half the bandwidth is tier 90, as a guest showed", () => {
  expect(predictTiers(TWO_TIERS_HMAT)).toEqual([
    { nid: 0, adistance: 576, tier: 4, topTier: true },
    { nid: 1, adistance: 11520, tier: 90, topTier: false },
  ]);
});

test("without HMAT a memory-only node counts as DRAM", () => {
  const tiers = predictTiers({ ...TWO_TIERS_HMAT, hmat: false });
  expect(tiers.map(({ tier, topTier }) => [tier, topTier])).toEqual([
    [4, true],
    [4, true],
  ]);
  expect(predictTiers(ONE_NODE)).toEqual([{ nid: 0, adistance: 576, tier: 4, topTier: true }]);
});

test("a node without memory is in no tier", () => {
  const [node] = ONE_NODE.nodes;
  expect(node).toBeDefined();
  const nodes = node === undefined ? [] : [node, { ...node, nid: 1, memoryMib: 0, cpus: [] }];
  expect(predictTiers({ ...ONE_NODE, nodes }).map(({ nid }) => nid)).toEqual([0]);
});

test("names are unique, nodes ascend and name an initiator with CPUs", () => {
  expect(new Set(TOPOLOGIES.map(({ name }) => name)).size).toBe(TOPOLOGIES.length);
  for (const { nodes } of TOPOLOGIES) {
    expect(nodes.map(({ nid }) => nid)).toEqual(nodes.map((_, index) => index));
    for (const { initiator } of nodes) expect(nodes[initiator]?.cpus.length).toBeGreaterThan(0);
  }
});
