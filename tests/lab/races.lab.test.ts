import { rm } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { RacesReport } from "../../tools/lib/verify/verify-races.ts";
import { LOST_COUNT } from "./defects.ts";
import { reportOf, rfckit, withDefect } from "./lab.ts";

/** Of the histories of a run, so many at least have calls that overlap. */
const LEAST_OVERLAPPING = 0.5;

const STAGE = ["--stage", "v2", "--format", "json"];

async function race(seed: number, ...more: readonly string[]): Promise<RacesReport> {
  const words = [...STAGE, "--races", "2", "--seed", `${seed}`, ...more];
  return JSON.parse((await rfckit("verify", ...words)).stdout) as RacesReport;
}

describe("calls of several tasks at once", () => {
  test("agree with the model, and one seed gives the same run to the bit", async () => {
    const [first, again, other] = [await race(1), await race(1), await race(2)];
    for (const { verdict, findings, linearizable, races, overlapping } of [first, again, other]) {
      expect({ verdict, findings, linearizable }).toEqual({
        ...{ verdict: "pass", findings: [], linearizable: races },
      });
      expect(overlapping / races).toBeGreaterThan(LEAST_OVERLAPPING);
    }
    const hashes = ({ consoleHash, resultsHash }: RacesReport) => [consoleHash, resultsHash];
    expect(hashes(again)).toEqual(hashes(first));
    expect(other.resultsHash).not.toBe(first.resultsHash);
  });

  test(`show ${LOST_COUNT.name}, and no call alone does`, async () => {
    await withDefect(LOST_COUNT, "v2", async (patch) => {
      const { verdict, findings, races, linearizable, runDir } = await race(1, "--patch", patch);
      expect(verdict).toBe("fail");
      expect(findings.length).toBe(races - linearizable);
      for (const { kind, what, vector } of findings) {
        expect({ kind, what }).toEqual({
          ...{ kind: "differs", what: "no order of the calls agrees with the model" },
        });
        expect(vector?.program.at(-1)).toContain("HBF_IOC_STATS");
      }
      await rm(runDir, { recursive: true });
      const alone = ["--no-cache", "--sample", "20", "--patch", patch];
      const outcome = await rfckit("verify", ...STAGE, ...alone);
      expect(reportOf(outcome)).toMatchObject({ verdict: "pass", findings: [] });
    });
  });
});
