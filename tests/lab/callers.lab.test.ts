import { expect, test } from "vitest";
import { rfckit } from "./lab.ts";

/** A part of the set is enough to see that each caller is who it says, and what it is told. */
const SHARD = "1/20";

test.each(["user", "cpuset", "compat"])("the vectors agree when %s calls", async (caller) => {
  const args = ["--stage", "v1", "--as", caller, "--shard", SHARD, "--format", "json"];
  const { code, stdout } = await rfckit("verify", "--no-cache", "--no-shrink", ...args);
  const { verdict, totalVectors, agreeingVectors } = JSON.parse(stdout) as Record<string, unknown>;
  expect({ code, verdict, caller: JSON.parse(stdout).caller }).toEqual({
    ...{ code: 0, verdict: "pass", caller },
  });
  expect(totalVectors).toBeGreaterThan(100);
  expect(agreeingVectors).toBe(totalVectors);
});

test("a caller that is unknown is told with those that are known", async () => {
  const { code, stderr } = await rfckit("verify", "--as", "nobody");
  expect(code).toBe(2);
  expect(stderr).toContain("--as root, --as user");
});
