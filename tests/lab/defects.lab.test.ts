import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { VectorsReport } from "../../tools/lib/verify/verify-report.ts";
import {
  BAD_REFCOUNT,
  CHILD_KILLED,
  ENDLESS_LOOP,
  HUNG_TASK,
  INIT_KILLED,
  LEAK,
  NULL_DEREFERENCE,
  replaceOnce,
  SWAPPED_CHECKS,
  SYNTAX_ERROR,
  UNCHECKED_FIELD,
  UNCLEARED_ANSWER,
} from "./defects.ts";
import { leadOf, reportOf, rfckit, VERIFY, verifyDefect } from "./lab.ts";
import { bootPrograms, compileProgram } from "./selftest-guest.ts";

const FAIL = 1;
/** What the kernel says when the reproducer that was found is compiled and runs on it. */
async function consoleOfReproducer(report: VectorsReport): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "rfckit-reproducer-"));
  try {
    await copyFile(report.reproducer?.file ?? "", join(dir, "reproducer.c"));
    const reproducer = await compileProgram(dir, "reproducer.c");
    return (await bootPrograms(dir, report.vmlinux, { reproducer })).console;
  } finally {
    await rm(dir, { recursive: true });
  }
}

const JSON_FORMAT = ["--format", "json"];

describe("the shipped series", () => {
  test("passes: every vector agrees, in one clean guest", async () => {
    const outcome = await rfckit(...VERIFY);
    const report = reportOf(outcome);
    expect(report.findings).toEqual([]);
    expect(outcome.code).toBe(0);
    expect(report).toMatchObject({ verdict: "pass", outcome: "pass", notRunVectors: 0 });
    expect(report.agreeingVectors).toBe(report.totalVectors);
    expect(report.totalVectors).toBeGreaterThan(10_000);
    expect(report.guests).toHaveLength(1);
  });

  test("passes in several guests at once, and in shards that are merged", async () => {
    const whole = reportOf(await rfckit("verify", "--no-cache", "--guests", "2", ...JSON_FORMAT));
    expect(whole).toMatchObject({ verdict: "pass", findings: [] });
    expect(whole.guests).toHaveLength(2);
    expect(whole.agreeingVectors).toBe(whole.totalVectors);
    const dir = await mkdtemp(join(tmpdir(), "rfckit-shards-"));
    try {
      const files = [join(dir, "1.json"), join(dir, "2.json")];
      for (const [index, file] of files.entries()) {
        const shard = ["--shard", `${index + 1}/2`];
        await writeFile(file, (await rfckit(...VERIFY, ...shard)).stdout);
      }
      const merged = await rfckit("report", "merge", ...JSON_FORMAT, ...files);
      expect(merged.code).toBe(0);
      expect(reportOf(merged)).toMatchObject({
        ...{ verdict: "pass", totalVectors: whole.totalVectors },
        agreeingVectors: whole.totalVectors,
      });
    } finally {
      await rm(dir, { recursive: true });
    }
  });

  test("is found in the cache the second time, and says so", async () => {
    const again = await rfckit("verify");
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toContain("verify: pass (cached)");
  });
});

describe("a defect gives fail, and the shortest vector leads", () => {
  test(SWAPPED_CHECKS.name, async () => {
    const outcome = await verifyDefect(SWAPPED_CHECKS);
    expect(outcome.code).toBe(FAIL);
    expect(reportOf(outcome).verdict).toBe("fail");
    const { kind, vector } = leadOf(outcome);
    expect(kind).toBe("differs");
    expect(vector).toMatchObject({ observed: "-ENOMEM" });
    expect(["-ENODEV", "-EACCES", "-EINVAL"]).toContain(
      (vector as { predicted: string }).predicted,
    );
  });

  test(UNCHECKED_FIELD.name, async () => {
    const outcome = await verifyDefect(UNCHECKED_FIELD);
    expect(outcome.code).toBe(FAIL);
    const { kind, vector } = leadOf(outcome);
    expect(kind).toBe("differs");
    expect(vector).toMatchObject({
      predicted: "-EINVAL",
      rows: expect.arrayContaining(["resv0-not-zero"]),
    });
  });

  test(UNCLEARED_ANSWER.name, async () => {
    const outcome = await verifyDefect(UNCLEARED_ANSWER, "--no-shrink");
    expect(outcome.code).toBe(FAIL);
    const { kind, what } = leadOf(outcome);
    expect(kind).toBe("differs");
    // 0xfe in each byte is what the compiler fills variables with.
    const pattern = BigInt(`0x${"fe".repeat(8)}`);
    expect(what).toContain(`hbf_caps.flags: predicted 0, observed ${pattern}`);
  });

  test(NULL_DEREFERENCE.name, async () => {
    const outcome = await verifyDefect(NULL_DEREFERENCE);
    expect(outcome.code).toBe(FAIL);
    const report = reportOf(outcome);
    expect(report).toMatchObject({ verdict: "fail", outcome: "panic" });
    expect(report.guests).toHaveLength(3);
    expect(report.notRunVectors).toBeGreaterThan(0);
    expect(report.reproducer?.vectors).toBe(1);
    expect(report.reproducer?.program.join("\n")).toContain("HBF_OP_PROMOTE");
    const { vector, consoleLines } = leadOf(outcome);
    expect(vector).toMatchObject({
      program: expect.arrayContaining([expect.stringContaining("HBF_OP_PROMOTE")]),
      observed: expect.stringMatching(/NULL pointer dereference.*guest panicked/),
    });
    expect(consoleLines.join("\n")).toContain("hbf_ioctl");
    expect(await consoleOfReproducer(report)).toContain("BUG: kernel NULL pointer dereference");
  });

  test(ENDLESS_LOOP.name, async () => {
    const outcome = await verifyDefect(ENDLESS_LOOP, "--no-shrink");
    expect(outcome.code).toBe(FAIL);
    expect(reportOf(outcome)).toMatchObject({ verdict: "fail", outcome: "hang" });
    expect(leadOf(outcome).vector).toMatchObject({
      program: expect.arrayContaining([expect.stringContaining("HBF_OP_DEMOTE")]),
      observed: expect.stringContaining("no progress"),
    });
  });

  test(BAD_REFCOUNT.name, async () => {
    const outcome = await verifyDefect(BAD_REFCOUNT);
    expect(outcome.code).toBe(FAIL);
    const report = reportOf(outcome);
    expect(report).toMatchObject({ verdict: "fail", outcome: "splat" });
    expect(report.agreeingVectors).toBe(report.totalVectors);
    const { splat, what, vector } = leadOf(outcome);
    expect(splat).toBe("refcount");
    expect(what).toMatch(/^refcount_t:/);
    expect(vector).toMatchObject({
      program: expect.arrayContaining([expect.stringContaining("HBF_OP_RELEASE")]),
    });
  });

  test(HUNG_TASK.name, async () => {
    // A few vectors are enough, each of those that hang takes the kernel 8 s to notice.
    const outcome = await verifyDefect(HUNG_TASK, "--no-shrink", "--sample", "400");
    expect(outcome.code).toBe(FAIL);
    expect(reportOf(outcome)).toMatchObject({ verdict: "fail", outcome: "hang" });
    const lead = leadOf(outcome);
    expect(lead.splat).toBe("hung-task");
    expect(lead.vector).toMatchObject({
      program: expect.arrayContaining([expect.stringContaining("HBF_OP_RELEASE")]),
    });
  });

  test(INIT_KILLED.name, async () => {
    const outcome = await verifyDefect(INIT_KILLED, "--no-shrink");
    expect(outcome.code).toBe(FAIL);
    const report = reportOf(outcome);
    expect(report).toMatchObject({ verdict: "fail", outcome: "runner-killed" });
    expect(report.findings).toHaveLength(1);
    const { what, vector } = leadOf(outcome);
    expect(what).toBe("signal 11 ended init");
    expect(vector).toMatchObject({ id: "op-255", predicted: "-EINVAL" });
    // A fresh guest carries out all the others.
    expect(report.guests).toHaveLength(2);
    expect(report.notRunVectors).toBe(1);
    expect(report.agreeingVectors).toBe(report.totalVectors - 1);
  });

  test(CHILD_KILLED.name, async () => {
    const outcome = await verifyDefect(CHILD_KILLED, "--no-shrink");
    expect(outcome.code).toBe(FAIL);
    const report = reportOf(outcome);
    expect(report).toMatchObject({ verdict: "fail", outcome: "runner-killed" });
    const { what, vector } = leadOf(outcome);
    expect(what).toBe("signal 9 ended a process of init");
    const program = expect.arrayContaining([expect.stringContaining("HBF_OP_RELEASE")]);
    expect(vector).toMatchObject({ program });
    expect(report.guests).toHaveLength(3);
  });

  test(LEAK.name, async () => {
    const outcome = await verifyDefect(LEAK);
    expect(outcome.code).toBe(FAIL);
    expect(reportOf(outcome)).toMatchObject({ verdict: "fail", outcome: "guest-oom" });
    expect(leadOf(outcome).vector).toMatchObject({
      program: expect.arrayContaining([expect.stringContaining("HBF_OP_PREFETCH")]),
    });
  });

  test(SYNTAX_ERROR.name, async () => {
    const outcome = await verifyDefect(SYNTAX_ERROR);
    expect(outcome.code).toBe(FAIL);
    expect(reportOf(outcome)).toMatchObject({
      verdict: "fail",
      outcome: "build-failed",
      errors: [expect.objectContaining({ file: "mm/hbf.c" })],
    });
  });

  test("an anchor that is gone is an error, not a pass", () => {
    expect(() => replaceOnce("a b b", "c", "d")).toThrow("occurs 0 times");
    expect(() => replaceOnce("a b b", "b", "d")).toThrow("occurs 2 times");
  });
});
