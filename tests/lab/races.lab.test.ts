import { describe, expect, test } from "vitest";
import type { RacesReport } from "../../tools/lib/verify/verify-races.ts";
import { rfckit } from "./lab.ts";

/** Of the histories of a run, so many at least have calls that overlap. */
const LEAST_OVERLAPPING = 0.5;

async function race(seed: number): Promise<RacesReport> {
  const words = ["--stage", "v2", "--races", "2", "--seed", `${seed}`];
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
});
