import { describe, expect, test } from "vitest";
import type { RacesReport } from "../../tools/lib/verify/verify-races.ts";
import { LOST_COUNT } from "./defects.ts";
import { rfckit, withDefect } from "./lab.ts";

/** Of the histories of a run, so many at least have calls that overlap. */
const LEAST_OVERLAPPING = 0.5;
const SEEDS = [1, 2, 3, 4, 5];

async function race(seed: number, ...options: readonly string[]): Promise<RacesReport> {
  const words = ["--stage", "v2", "--races", "2", "--seed", `${seed}`, ...options];
  const outcome = await rfckit("verify", ...words, "--format", "json");
  return JSON.parse(outcome.stdout) as RacesReport;
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

  test(`${LOST_COUNT.name} is found by some seed`, async () => {
    await withDefect(LOST_COUNT, "v2", async (patch) => {
      const found: RacesReport[] = [];
      for (const seed of SEEDS) {
        if (found.length > 0) break;
        const report = await race(seed, "--patch", patch);
        if (report.verdict === "fail") found.push(report);
      }
      expect(found[0]?.findings[0]).toMatchObject({
        ...{ kind: "differs", what: "no order of the calls agrees with the model" },
      });
    });
  });
});
