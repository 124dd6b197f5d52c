import { describe, expect, test } from "vitest";
import type { Call } from "../machine/calls.ts";
import { createMachine } from "../machine/params.ts";
import { ONE_NODE } from "../topology/one-node.ts";
import { TWO_TIERS_HMAT } from "../topology/two-tiers-hmat.ts";
import { classesOfStage } from "./classes/registry.ts";
import { collectVectors, GENERATED_STAGES, generateVectors } from "./generate.ts";
import { infeasiblePairs } from "./infeasible.ts";
import { pairCoverage, rowPairs } from "./pairs.ts";
import { programKey, programSize } from "./program.ts";
import { encodeImage } from "./wire/encode-image.ts";

/** The pages of v3 are many, and on one node they have nowhere to go: one topology shows enough. */
const CASES = GENERATED_STAGES.flatMap((stage) =>
  // Others differ in where memory comes from, which no vector sees.
  (stage === "v3" ? [TWO_TIERS_HMAT] : [TWO_TIERS_HMAT, ONE_NODE]).map((topology) => {
    return { stage, topology, name: topology.name };
  }),
);

test("two programs with one id are refused, one program under two ids is kept once", () => {
  const calls = (slot: number): Call[] => [{ op: "open", slot, flags: 2, uid: 0 }];
  const collect = (...drafts: readonly (readonly [id: string, slot: number])[]) => {
    const generate = () => drafts.map(([id, slot]) => ({ id, title: id, calls: calls(slot) }));
    const context = { machine: createMachine(TWO_TIERS_HMAT, "v1"), seed: 1 };
    return collectVectors([{ name: "a", title: "a", generate }], context, new Map());
  };
  expect(() => collect(["a-1", 0], ["a-1", 1])).toThrow('two programs have the id "a-1"');
  expect(collect(["a-1", 0], ["a-2", 0], ["a-3", 1]).map(({ id }) => id)).toEqual(["a-1", "a-3"]);
});

describe.each(CASES)("vectors of $stage for $name", ({ stage, topology }) => {
  const set = generateVectors({ stage, seed: 1, topology });
  const { vectors } = set;
  const other = generateVectors({ stage, seed: 2, topology });
  const byId = new Map(vectors.map((vector) => [vector.id, vector]));

  test("are many, distinct, with ids of their own", () => {
    expect(vectors.length).toBeGreaterThan(10_000);
    expect(byId.size).toBe(vectors.length);
    expect(new Set(vectors.map(({ calls }) => programKey(calls))).size).toBe(vectors.length);
    const isGood = ({ id, className }: (typeof vectors)[number]): boolean =>
      /^[a-z0-9]+(-+[a-z0-9]+)*$/.test(id) && id.startsWith(`${className}-`);
    expect(vectors.filter((vector) => !isGood(vector)).map(({ id }) => id)).toEqual([]);
  });

  test("have the same bytes for the same seed, and other ones for another", () => {
    const image = encodeImage(set);
    const again = encodeImage(generateVectors({ stage, seed: 1, topology }));
    expect(Buffer.compare(image, again)).toBe(0);
    expect(Buffer.compare(image, encodeImage(other))).not.toBe(0);
  });

  test("only the random classes depend on the seed", () => {
    const random = ["mixed", "walk", "mapping-walk", "page-walk"];
    const fixed = (list: typeof vectors): readonly string[] =>
      list.filter(({ className }) => !random.includes(className)).map(({ id }) => id);
    expect(fixed(other.vectors)).toEqual(fixed(vectors));
  });

  test("come shortest first", () => {
    const keys = vectors.map(({ calls }) => calls.length * 1e9 + programSize(calls));
    expect(keys).toEqual(keys.toSorted((a, b) => a - b));
  });

  test("come from every class", () => {
    const classes = new Set(vectors.map(({ className }) => className));
    expect([...classes].toSorted()).toEqual(
      classesOfStage(stage)
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  /** Without protection keys in the CPU, pkey_alloc() fails and the hint meets an open mapping. */
  test("expect something of every call, and one thing where the model knows the range", () => {
    const isGood = ({ calls, expected, answer }: (typeof vectors)[number]): boolean => {
      const last = new Set(expected.at(-1)?.map(({ ret }) => ret));
      const isEither = calls.some(({ op }) => op === "pkey");
      const isWhole = expected.length === calls.length && expected.every((all) => all.length > 0);
      return isWhole && (answer === null || isEither || last.size === 1);
    };
    expect(vectors.filter((vector) => !isGood(vector)).map(({ id }) => id)).toEqual([]);
  });

  test("a twin exists, and gets past the row that its sibling is stopped by", () => {
    const stuck = vectors.filter(
      ({ twin, answer }) => twin !== undefined && byId.get(twin)?.answer === answer,
    );
    expect(stuck.map(({ id }) => id)).toEqual([]);
  });

  test("show every pair of rows, or a reason says why none can", () => {
    const key = ({ first, second }: { first: string; second: string }): string =>
      `${first} before ${second}`;
    const coverage = pairCoverage(vectors);
    const pairs = rowPairs(stage);
    const shown = pairs.filter(({ first, second }) => coverage.get(first)?.has(second));
    const listed = infeasiblePairs(createMachine(topology, stage));
    expect(shown.filter((pair) => listed.some((other) => key(other) === key(pair)))).toEqual([]);
    expect([...shown, ...listed].map(key).toSorted()).toEqual(pairs.map(key).toSorted());
  });
});
