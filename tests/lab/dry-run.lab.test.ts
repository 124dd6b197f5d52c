import { expect, test } from "vitest";
import { rfckit } from "./lab.ts";

test("verify --dry-run says what would be built and booted, and does neither", async () => {
  const words = [
    "--build",
    "fast",
    "--topology",
    "one-node,plain-node",
    "--shard",
    "1/2",
    "--dry-run",
  ];
  const { code, stdout, stderr } = await rfckit("verify", ...words);
  expect(code).toBe(0);
  const boots = stdout.split("\n").filter((line) => line.startsWith("boot 'fast x86-64"));
  expect(boots.length).toBeGreaterThan(1);
  for (const line of boots) expect(line).toMatch(/: \d{5,} vectors \(.*, seed 1, part 1\/2\)$/);
  expect(stdout).toMatch(/^kernel 'fast x86-64'(?:, built before|:\n {2}env .*git read-tree)/m);
  expect(stderr).not.toMatch(/^(?:building|running|part) /m);
});
