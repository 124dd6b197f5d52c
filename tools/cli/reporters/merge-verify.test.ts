import { describe, expect, test } from "vitest";
import type { VectorsReport } from "../../lib/verify/verify-report.ts";
import { mergeVerify } from "./merge-verify.ts";

const REPORT: VectorsReport = {
  ...{ stage: "v1", seed: 1, topology: "one-node", build: "fast", treeId: "0".repeat(40) },
  ...{ verdict: "pass", outcome: "pass", findings: [], totalVectors: 50, agreeingVectors: 50 },
  ...{ notRunVectors: 0, guests: [], accel: "tcg", accelReason: "a test", qemu: "QEMU" },
  ...{ vmlinux: "vmlinux", kernelFromCache: true, cached: false, runDir: "run" },
  timings: { buildMs: 1, vectorsMs: 1, guestsMs: 1 },
};

const shard = (index: number, change: Partial<VectorsReport> = {}) => ({
  file: `${index}.json`,
  report: { ...REPORT, shard: { index, total: 2 }, ...change },
});

describe("reports of all shards", () => {
  test("make one with the sum of all, and no shard", () => {
    const merged = mergeVerify([shard(1), shard(2, { totalVectors: 49, agreeingVectors: 49 })]);
    expect(merged).toMatchObject({ verdict: "pass", totalVectors: 99, agreeingVectors: 99 });
    expect(merged.shard).toBeUndefined();
  });

  test("fail when one does, before a machine that fails", () => {
    const findings = [{ kind: "panic", what: "panic", consoleLines: [] }] as const;
    const failed = shard(1, { verdict: "fail", outcome: "panic", findings });
    const broken = shard(2, { verdict: "error", outcome: "qemu-died" });
    expect(mergeVerify([broken, failed])).toMatchObject({ verdict: "fail", outcome: "panic" });
    expect(mergeVerify([shard(1), broken]).verdict).toBe("error");
  });

  test.each([
    ["shard-missing", [shard(1)]],
    ["shard-missing", []],
    ["shard-twice", [shard(1), shard(1), shard(2)]],
    ["reports-differ", [shard(1), shard(2, { seed: 2 })]],
    ["reports-differ", [shard(1), shard(2, { treeId: "1".repeat(40) })]],
    ["reports-differ", [shard(1), { file: "whole.json", report: REPORT }]],
  ])("are refused with %s when they are not all of one run", (code, reports) => {
    expect(() => mergeVerify(reports)).toThrow(expect.objectContaining({ code }));
  });
});
