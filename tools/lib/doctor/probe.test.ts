import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ToolError } from "../error.ts";
import { installPackages } from "./install.ts";
import { missingPackages, probeRequirements } from "./probe.ts";

const folder = mkdtempSync(join(tmpdir(), "rfckit-doctor-"));
writeFileSync(join(folder, "present"), "#!/bin/sh\n");
chmodSync(join(folder, "present"), 0o755);
writeFileSync(join(folder, "not-executable"), "");

const requirement = (needs: string, debianPackage: string) => ({
  needs,
  debianPackage,
  neededFor: "the test",
});

describe("probeRequirements", () => {
  test("finds programs in PATH and files by path, and nothing else", () => {
    const findings = probeRequirements(
      [
        requirement("present", "a"),
        requirement("not-executable", "b"),
        requirement("absent", "c"),
        requirement(join(folder, "not-executable"), "d"),
        requirement(folder, "e"),
      ],
      `/nowhere::${folder}`,
    );
    expect(findings.map((finding) => finding.path)).toEqual([
      join(folder, "present"),
      undefined,
      undefined,
      join(folder, "not-executable"),
      undefined,
    ]);
    expect(missingPackages(findings)).toEqual(["b", "c", "e"]);
  });

  test("an optional requirement is missing only for who asks", () => {
    const findings = probeRequirements([{ ...requirement("no", "x"), optional: true }], folder);
    expect(missingPackages(findings)).toEqual([]);
    expect(missingPackages(findings, { optional: true })).toEqual(["x"]);
  });

  test("what other architectures need is installed for who asks for them alone", () => {
    const findings = probeRequirements([{ ...requirement("no", "x"), arch: true }], folder);
    expect(missingPackages(findings, { optional: true })).toEqual([]);
    expect(missingPackages(findings, { arch: true })).toEqual(["x"]);
  });
});

test("a user who is not root gets the exact line to run, and nothing is started", async () => {
  const attempt = installPackages({
    packages: ["flex", "bison"],
    isRoot: false,
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  const error = await attempt.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ToolError);
  expect((error as ToolError).exitCode).toBe(4);
  expect((error as ToolError).hints).toEqual([
    "sudo apt-get install -y --no-install-recommends flex bison",
  ]);
});
