import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildKernel } from "../../tools/lib/build/build-kernel.ts";
import { LAB_FRAGMENTS, readKernelConfig } from "../../tools/lib/build/kernel-config.ts";
import { findPackageDir } from "../../tools/lib/fs/package-dir.ts";
import { shippedTip } from "./lab.ts";
import { compileProgram, layFiles, readKtap, runInGuest } from "./selftest-guest.ts";

const SELFTESTS = "tools/testing/selftests";
const PROGRAMS = ["hbf_conformance", "hbf_ctl", "hbf_move"];
let dir: string;
let console: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-selftests-"));
  const { tree, treeish } = await shippedTip("v3");
  const sources = ["mm/hbf_conformance.h", ...PROGRAMS.map((name) => `mm/${name}.c`)];
  const paths = ["kselftest.h", "kselftest_harness.h", ...sources];
  await layFiles(
    dir,
    { repository: tree.dir, treeish },
    {
      "include/uapi/linux/hbf.h": "include/linux/hbf.h",
      ...Object.fromEntries(paths.map((path) => [`${SELFTESTS}/${path}`, path])),
    },
  );
  const { signal } = new AbortController();
  const config = await readKernelConfig(findPackageDir(), [...LAB_FRAGMENTS, "selftests"]);
  const options = { config, featureExpected: true, env: process.env, signal };
  const kernel = await buildKernel({ tree, treeish, ...options });
  if (kernel.kind === "failed") throw new Error("the series does not build");
  const programs: Record<string, Uint8Array> = {};
  for (const name of PROGRAMS) programs[name] = await compileProgram(dir, `mm/${name}.c`);
  console = await runInGuest(dir, kernel.vmlinux, programs);
});
afterAll(() => rm(dir, { recursive: true }));

describe("the selftests of the last stage, in a machine with two tiers", () => {
  test.each(PROGRAMS)("%s ends well", (name) => {
    expect(console).toContain(`\n${name} ended with 0\n`);
  });

  test("nothing fails, and only what the machine lacks is skipped", () => {
    const { ok, notOk, skipped } = readKtap(console);
    expect(notOk).toEqual([]);
    expect(ok.length).toBeGreaterThan(300);
    // A kernel without huge pages of hugetlbfs has nothing to map.
    expect(skipped.filter((line) => !/hugetlb/.test(line))).toEqual([]);
  });

  test("the kernel's own tests pass while it boots", () => {
    expect(console).toMatch(/\bok \d+ hbf\b/);
    expect(console).not.toMatch(/\bnot ok \d+ hbf/);
  });

  test("the kernel does not complain", () => {
    expect(console).not.toMatch(/WARNING:|BUG:|Oops|refcount_t|blocked for more/);
  });
});
