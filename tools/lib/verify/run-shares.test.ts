import { describe, expect, test } from "vitest";
import { generateVectors } from "../../../kernel-model/index.ts";
import { oneNode } from "../../../tests/support/one-node.ts";
import { NO_FAULTS } from "./judge-faults.ts";
import type { Finding } from "./outcome.ts";
import { countGuests, joinShares, shareOf } from "./run-shares.ts";
import type { VectorsEvidence } from "./run-vectors.ts";

const GIB = 2 ** 30;

describe("guests at once", () => {
  test.each([
    [2, { cores: 2, freeBytes: 20 * GIB, guestBytes: GIB, nrVectors: 20_000 }],
    [10, { cores: 64, freeBytes: 20 * GIB, guestBytes: GIB, nrVectors: 20_000 }],
    [3, { cores: 64, freeBytes: 7 * GIB, guestBytes: GIB, nrVectors: 20_000 }],
    [1, { cores: 8, freeBytes: GIB / 2, guestBytes: GIB, nrVectors: 20_000 }],
    [1, { cores: 8, freeBytes: 20 * GIB, guestBytes: GIB, nrVectors: 40 }],
    [1, { cores: 8, freeBytes: 20 * GIB, guestBytes: GIB, nrVectors: 0 }],
  ])("are %d", (count, room) => {
    expect(countGuests(room)).toBe(count);
  });
});

describe("shares", () => {
  const topology = oneNode();
  const vectors = generateVectors({ stage: "v1", seed: 1, topology }).vectors.slice(0, 101);

  test("have every vector once", () => {
    for (const total of [1, 2, 3, 7]) {
      const all = Array.from({ length: total }, (_, index) => shareOf(vectors, index, total));
      expect(all.flat().length).toBe(vectors.length);
      expect(new Set(all.flat()).size).toBe(vectors.length);
    }
  });

  test("are joined with the shortest vector first", () => {
    const finding = (index: number): Finding => ({
      ...{ kind: "differs", what: `${index}`, consoleLines: [] },
      vector: {
        ...{ id: vectors[index]?.id ?? "", title: "", rows: [], program: [], step: 0 },
        ...{ predicted: "", observed: "" },
      },
    });
    const whole: Finding = { kind: "splat", what: "whole", consoleLines: [] };
    const share = (findings: readonly Finding[]): VectorsEvidence => ({
      ...{ findings, total: 50, agreeing: 40, notRun: 3, guests: [], extras: [] },
      faults: NO_FAULTS,
    });
    const joined = joinShares([share([finding(8), whole]), share([finding(3)])], vectors);
    expect(joined.findings.map(({ what }) => what)).toEqual(["3", "8", "whole"]);
    expect(joined).toMatchObject({ total: 100, agreeing: 80, notRun: 6 });
  });
});
