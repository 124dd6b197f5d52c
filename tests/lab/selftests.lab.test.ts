import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildKernel } from "../../tools/lib/build/build-kernel.ts";
import { LAB_FRAGMENTS, readKernelConfig } from "../../tools/lib/build/kernel-config.ts";
import { findPackageDir } from "../../tools/lib/fs/package-dir.ts";
import { readKtap } from "../../tools/lib/selftests/read-ktap.ts";
import { outputOf } from "../../tools/lib/selftests/run-programs.ts";
import { shippedTip } from "./lab.ts";
import { compileProgram, layFiles, runInGuest } from "./selftest-guest.ts";

const SELFTESTS = "tools/testing/selftests";
const PROGRAMS = ["hbf_conformance", "hbf_ctl", "hbf_move"];
/** Who carries out the vectors, besides root; see selftest-init.c. */
const OTHERS = ["hbf_conformance.user", "hbf_conformance.cpuset"];
/** It can't open the device for writing, and says so. */
const RESTRICTED = "hbf_conformance.seccomp";
const SKIPPED = 4;
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
  const vectors = programs["hbf_conformance"];
  if (vectors === undefined) throw new Error("no program with the vectors");
  for (const name of [...OTHERS, RESTRICTED]) programs[name] = vectors;
  console = await runInGuest(dir, kernel.vmlinux, programs);
});
afterAll(() => rm(dir, { recursive: true }));

/** What was printed while a program ran. */
const textOf = (name: string): string => outputOf(console, name).text;

describe("the selftests of the last stage, in a machine with two tiers", () => {
  test.each([...PROGRAMS, ...OTHERS])("%s ends well", (name) => {
    expect(console).toContain(`\n${name} ended with 0\n`);
  });

  test("a process that may not open the device for writing is told so", () => {
    expect(console).toContain(`\n${RESTRICTED} ended with ${SKIPPED}\n`);
    expect(textOf(RESTRICTED)).toContain("# SKIP /dev/hbfctl: Operation not permitted");
  });

  test.each(OTHERS)("%s fails in nothing, and skips what needs a privilege", (name) => {
    const { ok, notOk, skipped } = readKtap(textOf(name));
    expect(notOk).toEqual([]);
    expect(ok.length - skipped.length).toBeGreaterThan(100);
  });

  test("root fails in nothing, and skips only what the machine lacks", () => {
    const { ok, notOk, skipped } = readKtap(PROGRAMS.map(textOf).join(""));
    expect(notOk).toEqual([]);
    expect(ok.length).toBeGreaterThan(250);
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
