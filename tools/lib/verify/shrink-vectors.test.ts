import { describe, expect, test } from "vitest";
import { generateVectors, type Vector } from "../../../kernel-model/index.ts";
import { oneNode } from "../../../tests/support/one-node.ts";
import { shrinkVectors } from "./shrink-vectors.ts";

const all = someVectors();

function someVectors(): readonly Vector[] {
  const topology = oneNode();
  const { vectors } = generateVectors({ stage: "v1", seed: 1, topology });
  return vectors.filter(({ calls }) => calls.length >= 3).slice(0, 64);
}

const ids = (vectors: readonly Vector[]): readonly string[] => vectors.map(({ id }) => id);

/** Fails when all of the named vectors are there in this order. */
const needs =
  (...wanted: readonly string[]) =>
  async (vectors: readonly Vector[]): Promise<boolean> => {
    let next = 0;
    for (const { id } of vectors) if (id === wanted[next]) next += 1;
    return next === wanted.length;
  };

function idAt(index: number): string {
  const id = all.at(index)?.id;
  if (id === undefined) throw new Error("too few vectors");
  return id;
}

describe("the shortest reproducer", () => {
  test("is the last vector when that suffices, with as few calls as suffice", async () => {
    const fails = async (vectors: readonly Vector[]): Promise<boolean> =>
      vectors.at(-1)?.calls.some(({ op }) => op === "ioctl") === true;
    const { vectors, isReproduced } = await shrinkVectors({ vectors: all, fails, maxRuns: 100 });
    expect(isReproduced).toBe(true);
    expect(vectors).toHaveLength(1);
    expect(vectors[0]?.calls.map(({ op }) => op)).toEqual(["ioctl"]);
    const [call] = vectors[0]?.calls ?? [];
    const payload = call?.op === "ioctl" ? call.payload : new Uint8Array();
    expect([...payload.subarray(8)].every((byte) => byte === 0)).toBe(true);
  });

  test("is the vectors that it takes, in few runs", async () => {
    for (const first of [0, 1, 17, 40, 62]) {
      const fails = needs(idAt(first), idAt(-1));
      const { vectors, runs } = await shrinkVectors({ vectors: all, fails, maxRuns: 100 });
      expect(ids(vectors)).toEqual([idAt(first), idAt(-1)]);
      expect(runs).toBeLessThan(40);
    }
  });

  test("is not claimed for what does not happen again", async () => {
    const request = { vectors: all, fails: async () => false, maxRuns: 100 };
    expect(await shrinkVectors(request)).toEqual({ vectors: all, runs: 2, isReproduced: false });
  });

  test("is looked for no longer than allowed", async () => {
    const fails = needs(idAt(5), idAt(20), idAt(-1));
    const { vectors, runs } = await shrinkVectors({ vectors: all, fails, maxRuns: 6 });
    expect(runs).toBe(6);
    expect(await fails(vectors)).toBe(true);
  });
});
