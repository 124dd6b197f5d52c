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
    const named = nodes.filter(({ via = "ram" }) => /ram|soft/.test(via)).map(({ nid }) => nid);
    expect(named).toEqual(named.map((_, index) => index));
    expect(nodes.map(({ nid }) => nid)).toEqual(nodes.map(({ nid }) => nid).toSorted());
    for (const { initiator } of nodes) expect(nodes[initiator]?.cpus.length).toBeGreaterThan(0);
  }
});

test.each([
  ["plain-node", [4, 4], [true, true]],
  ["three-tiers-hmat", [4, 90, 1], [true, false, true]],
  ["memoryless-node", [4, 4], [true, true]],
  ["soft-reserved", [4, 22], [true, false]],
  ["soft-reserved-hmat", [4, 90], [true, false]],
  ["nvdimm-kmem", [4, 22], [true, false]],
  ["pc-dimm-hot", [4, 90], [true, false]],
  ["virtio-mem", [4, 90], [true, false]],
  ["cxl-pmem", [4, 22], [true, false]],
])("%s: tiers %j, top %j", (name, wanted, top) => {
  const topology = TOPOLOGIES.find((one) => one.name === name);
  if (topology === undefined) throw new Error(`no topology ${name}`);
  const tiers = predictTiers(topology);
  expect(tiers.map(({ tier }) => tier)).toEqual(wanted);
  expect(tiers.map(({ topTier }) => topTier)).toEqual(top);
});
