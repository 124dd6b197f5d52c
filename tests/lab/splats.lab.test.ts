import { describe, expect, test } from "vitest";
import { leadOf, reportOf, verifyDefect } from "./lab.ts";
import { SPLAT_DEFECTS, type SplatDefect } from "./splat-defects.ts";

const FAIL = 1;
/** Some of each operation are enough: each complaint takes the serial line a while. */
const SAMPLE = ["--no-shrink", "--sample", "40"];

/** What the lean kernel complains of, and the run comes to; defects.lab.test.ts has the others. */
const OUTCOMES = { bug: "panic", warning: "splat" } as const;

function find(splat: string): SplatDefect {
  const [only, ...others] = SPLAT_DEFECTS.filter((one) => one.splat === splat);
  if (only === undefined || others.length > 0) throw new Error(`not one defect for ${splat}`);
  return only;
}

describe("a complaint of the lean kernel has its kind, and names the vector", () => {
  test.each(Object.entries(OUTCOMES))("%s: a %s", async (splat, kind) => {
    const defect = find(splat);
    expect(defect.build).toBe("fast");
    const outcome = await verifyDefect(defect, ...SAMPLE);
    expect(outcome.code).toBe(FAIL);
    expect(reportOf(outcome)).toMatchObject({ verdict: "fail", outcome: kind });
    const lead = leadOf(outcome);
    expect(lead).toMatchObject({ kind, splat });
    expect(lead.consoleLines.join("\n")).toContain("hbf_ioctl");
    expect(lead.vector).toMatchObject({
      program: expect.arrayContaining([expect.stringContaining("HBF_OP_RELEASE")]),
    });
  });
});
