import { expect, test } from "vitest";
import { reportOf, rfckit, VERIFY } from "./lab.ts";

/** So many vectors of v3 that all of its classes are among them. */
const SAMPLE = ["--stage", "v3", "--sample", "40"] as const;

test("every 40th vector of v3 ends where the model says, page by page", async () => {
  const outcome = await rfckit(...VERIFY, ...SAMPLE);
  const { verdict, totalVectors, agreeingVectors } = reportOf(outcome);
  expect({ verdict, agreeingVectors }).toEqual({ verdict: "pass", agreeingVectors: totalVectors });
  expect(totalVectors).toBeGreaterThan(1500);
});
