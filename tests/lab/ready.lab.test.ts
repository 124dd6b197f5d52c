import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type GateReport, gateReportSchema } from "../../tools/cli/reporters/gate-report.ts";
import { findPackageDir } from "../../tools/lib/fs/package-dir.ts";
import { rfckit, rfckitIn } from "./lab.ts";

const reportOf = (stdout: string): GateReport => gateReportSchema.parse(JSON.parse(stdout));
const kindsOf = (report: GateReport): Record<string, string> =>
  Object.fromEntries(report.checks.map((check) => [check.id, check.verdict.kind]));

/** A copy of the shipped project, to be spoilt. */
async function withProject(action: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), "rfckit-project-"));
  try {
    await cp(join(findPackageDir(), "patches"), join(dir, "patches"), { recursive: true });
    await action(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

test("the shipped series is ready, but for what a person must state", async () => {
  const outcome = await rfckit("ready", "--format", "json");
  const report = reportOf(outcome.stdout);
  const bad = report.checks.filter(({ verdict }) => !["pass", "attest"].includes(verdict.kind));
  expect(bad).toEqual([]);
  expect(report.verdict).toBe("ready-to-attest");
  expect(kindsOf(report)).toMatchObject({
    "m01-author-sign-off": "attest",
    "s23-round-trip": "pass",
    "t01-checkpatch": "pass",
    "b01-each-commit-builds": "pass",
    "x07-model-conformance": "pass",
  });
  expect(outcome.code).toBe(0);
});

test("the second time nothing runs, and every line says so", async () => {
  const again = await rfckit("ready");
  expect(again.code).toBe(0);
  const lines = again.stdout.split("\n").filter((line) => /^(?:pass|attest) /.test(line));
  expect(lines.length).toBeGreaterThanOrEqual(5);
  expect(lines.filter((line) => !line.endsWith("[cached]"))).toEqual([]);
});

test("a word changed by hand in a mail fails the round trip, and only the text is judged anew", async () => {
  await withProject(async (dir) => {
    const name = "0002-uapi-add-linux-hbf.h-for-placement-hints.patch";
    const path = join(dir, "patches/v1", name);
    const mail = await readFile(path, "utf8");
    await writeFile(path, mail.replace("\n---\n", "\n---\nadded by hand\n"));
    const outcome = await rfckitIn(dir, "ready", "--format", "json");
    const report = reportOf(outcome.stdout);
    expect(outcome.code).toBe(1);
    expect(kindsOf(report)).toMatchObject({
      "s23-round-trip": "fail",
      "b01-each-commit-builds": "pass",
    });
    const trip = report.checks.find(({ id }) => id === "s23-round-trip");
    expect(trip?.diagnostics[0]?.place?.file).toBe(`patches/v1/${name}`);
    const builds = report.checks.find(({ id }) => id === "b01-each-commit-builds");
    expect(builds?.fromCache).toBe(true);
  });
});

test("a patch that does not apply is a finding with file and hunk, and nothing else is said", async () => {
  await withProject(async (dir) => {
    const name = "0003-mm-hbf-add-the-device-that-takes-placement-hints.patch";
    const path = join(dir, "patches/v1", name);
    const mail = await readFile(path, "utf8");
    const line = " obj-$(CONFIG_MIGRATION) += migrate.o";
    expect(mail.split(line)).toHaveLength(2);
    await writeFile(path, mail.replace(line, " obj-y += no-such-line.o"));
    const outcome = await rfckitIn(dir, "ready", "--format", "json");
    expect(outcome.code).toBe(1);
    const report = reportOf(outcome.stdout);
    expect(report.verdict).toBe("not-ready");
    const kinds = kindsOf(report);
    expect(kinds["s23-round-trip"]).toBe("fail");
    expect(kinds["x07-model-conformance"]).toBe("not-run");
    const trip = report.checks.find(({ id }) => id === "s23-round-trip");
    expect(trip?.diagnostics[0]?.what).toContain("mm/Makefile");
  });
});
