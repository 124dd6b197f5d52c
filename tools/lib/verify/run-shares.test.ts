import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { generateVectors } from "../../../kernel-model/index.ts";
import { fakeQemu } from "../../../tests/support/fake-qemu.ts";
import { oneNode } from "../../../tests/support/one-node.ts";
import { NO_FAULTS } from "./judge-faults.ts";
import type { Finding } from "./outcome.ts";
import { DEFAULT_LIMITS } from "./progress-watch.ts";
import { countGuests, joinShares, runShares, shareOf } from "./run-shares.ts";
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

  test("all have ended when the first failure of ours is told", async () => {
    const dir = await mkdtemp(join(tmpdir(), "rfckit-shares-"));
    try {
      const initramfs = join(dir, "initramfs");
      await writeFile(initramfs, "");
      const ended = join(dir, "ended");
      // One guest destroys its control page; the other takes a second to end, and then writes.
      const destroy = 'printf x | dd of="$shared" conv=notrunc status=none; exit 33';
      const slow = `trap 'sleep 1; echo > "${ended}"; exit' TERM; sleep 600 & wait`;
      const end = `case "$shared" in *share-1*) ${destroy};; esac; ${slow}`;
      const request = {
        ...{ vmlinux: "vmlinux", version: "#0123456789ab", initramfs, topology },
        ...{ qemu: await fakeQemu(join(dir, "fake"), { end }), seed: 1, vectors },
        ...{ dir: join(dir, "run"), limits: DEFAULT_LIMITS, maxRestarts: 0 },
        accel: "tcg" as const,
      };
      await expect(runShares(request, 2)).rejects.toMatchObject({ code: "control-page-damaged" });
      await rm(ended);
    } finally {
      await rm(dir, { recursive: true });
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
