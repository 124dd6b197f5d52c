import { expect, test } from "vitest";
import type { VerifyReport } from "../../lib/verify/verify-report.ts";
import { verifyOutputSchema } from "./verify-schema.ts";

const scope = {
  stage: "v1",
  seed: 1,
  topology: "two",
  build: "fast",
  treeId: "0".repeat(40),
} as const;
const failed: VerifyReport = {
  ...scope,
  verdict: "fail",
  outcome: "build-failed",
  errors: [{ text: "no semicolon", file: "mm/hbf.c", line: 3 }],
  logFile: "/log",
  command: "make",
};
const ran: VerifyReport = {
  ...scope,
  verdict: "pass",
  outcome: "pass",
  findings: [],
  totalVectors: 2,
  agreeingVectors: 2,
  notRunVectors: 0,
  guests: [],
  accel: "tcg",
  accelReason: "no KVM",
  qemu: "QEMU",
  vmlinux: "/vmlinux",
  kernelFromCache: true,
  cached: false,
  timings: { buildMs: 1, vectorsMs: 1, guestsMs: 1 },
  runDir: "/run",
};

test.each([
  ["a kernel that does not build", { schemaVersion: 1, ...failed }],
  ["a run", { schemaVersion: 1, ...ran }],
  ["several runs", { schemaVersion: 1, runs: [ran, failed] }],
])("%s has the published form", (_, output) => {
  expect(verifyOutputSchema.safeParse(JSON.parse(JSON.stringify(output))).error).toBeUndefined();
});

test.each([
  ["no version", { ...ran }],
  ["no verdict", { schemaVersion: 1, ...ran, verdict: undefined }],
  ["another verdict", { schemaVersion: 1, ...ran, verdict: "maybe" }],
])("%s is refused", (_, output) => {
  expect(verifyOutputSchema.safeParse(output).success).toBe(false);
});
