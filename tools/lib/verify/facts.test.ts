import { describe, expect, test } from "vitest";
import { predictTiers, TOPOLOGIES } from "../../../kernel-model/index.ts";
import { diffTiers, expectedFacts, parseFacts, parseList } from "./facts.ts";

const TWO_TIERS = TOPOLOGIES.flatMap((topology) =>
  topology.name === "two-tiers-hmat" ? predictTiers(topology) : [],
);
const GOOD = "nodes.memory=0-1\ntier.memory_tier4=0\ntier.memory_tier90=1\n";

describe("what init saw", () => {
  test("a cut last line is dropped", () => {
    expect(parseFacts("a=1\nb=2=3\nc=")).toEqual(
      new Map([
        ["a", "1"],
        ["b", "2=3"],
      ]),
    );
  });

  test("the kernel's lists", () => {
    expect(parseList("0-2,5")).toEqual([0, 1, 2, 5]);
    expect(parseList("")).toEqual([]);
  });

  test("tiers as predicted are no difference", () => {
    expect(diffTiers(parseFacts(GOOD), TWO_TIERS)).toEqual([]);
  });

  test("what init has to find is what it would write of such a machine", () => {
    expect(expectedFacts(TWO_TIERS)).toBe(GOOD);
    const nodes = [0, 1, 3].map((nid) => ({ nid, adistance: 576, tier: 4, topTier: true }));
    expect(expectedFacts(nodes)).toBe("nodes.memory=0-1,3\ntier.memory_tier4=0-1,3\n");
    for (const topology of TOPOLOGIES) {
      const tiers = predictTiers(topology);
      expect(diffTiers(parseFacts(expectedFacts(tiers)), tiers), topology.name).toEqual([]);
    }
  });

  test("a node in another tier, or in none, is one", () => {
    const same = parseFacts("nodes.memory=0-1\ntier.memory_tier4=0-1\n");
    expect(diffTiers(same, TWO_TIERS)).toEqual([
      "node 1 predicted in memory_tier90, observed in memory_tier4",
    ]);
    const none = parseFacts("nodes.memory=0-1\ntier.memory_tier4=0\n");
    expect(diffTiers(none, TWO_TIERS)).toEqual([
      "node 1 predicted in memory_tier90, observed in no tier",
    ]);
  });

  test("a node with memory that nobody asked for is one", () => {
    const facts = parseFacts(GOOD.replace("0-1", "0-2"));
    expect(diffTiers(facts, TWO_TIERS)).toEqual([
      "nodes with memory predicted 0,1, observed 0,1,2",
    ]);
  });
});
