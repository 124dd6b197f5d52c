import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createMachine,
  GENERATED_STAGES,
  renderKselftestHeader,
  TOPOLOGIES,
} from "../../kernel-model/index.ts";
import { buildKernel } from "../../tools/lib/build/build-kernel.ts";
import { readKernelConfig } from "../../tools/lib/build/kernel-config.ts";
import { findPackageDir } from "../../tools/lib/fs/package-dir.ts";
import { gitText } from "../../tools/lib/git/git.ts";
import { readKtap } from "../../tools/lib/selftests/read-ktap.ts";
import { shippedTip } from "./lab.ts";
import { compileProgram, layFiles, type Revision, runInGuest } from "./selftest-guest.ts";

const STAGE = GENERATED_STAGES[1];
const PACKAGE_DIR = findPackageDir();
const RUNNER = join(PACKAGE_DIR, "tools/kselftest/hbf_conformance.c");
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-kselftest-"));
});
afterAll(() => rm(dir, { recursive: true }));

/** The tree of a selftest with what it includes: kselftest.h, the UAPI header, the vectors. */
async function laySources(revision: Revision): Promise<void> {
  await layFiles(dir, revision, {
    "tools/testing/selftests/kselftest.h": "kselftest.h",
    "include/uapi/linux/hbf.h": "include/linux/hbf.h",
    "tools/testing/selftests/mm/hbf_ctl.c": "mm/hbf_ctl.c",
  });
  const [topology] = TOPOLOGIES;
  if (topology === undefined) throw new Error("the model has no topology");
  const header = renderKselftestHeader(createMachine(topology, STAGE));
  await writeFile(join(dir, "mm/hbf_conformance.h"), header);
  await writeFile(join(dir, "mm/hbf_conformance.c"), await readFile(RUNNER));
}

/** Stages whose series has the selftest: the first of them brings it. */
const SHIPPED = ["v2", "v3"] as const;

describe.each(SHIPPED)("the selftest that is shipped in %s", (stage) => {
  const shipped = async (name: string): Promise<string> => {
    const { tree, treeish } = await shippedTip(stage);
    const args = ["show", `${treeish}:tools/testing/selftests/mm/${name}`];
    return `${await gitText({ dir: tree.dir, args })}\n`;
  };

  test("has the vectors that the model gives", async () => {
    const [topology] = TOPOLOGIES;
    if (topology === undefined) throw new Error("the model has no topology");
    const header = renderKselftestHeader(createMachine(topology, stage));
    expect(await shipped("hbf_conformance.h")).toBe(header);
  });

  test("has the program that rfckit gives", async () => {
    expect(await shipped("hbf_conformance.c")).toBe(await readFile(RUNNER, "utf8"));
  });
});

describe("the generated selftest", () => {
  test("passes on the shipped kernel, in a machine with two tiers", async () => {
    const { tree, treeish } = await shippedTip(STAGE);
    await laySources({ repository: tree.dir, treeish });
    const { signal } = new AbortController();
    const config = await readKernelConfig(PACKAGE_DIR);
    const options = { config, featureExpected: true, env: process.env, signal };
    const kernel = await buildKernel({ tree, treeish, ...options });
    if (kernel.kind === "failed") throw new Error("the series does not build");
    const program = await compileProgram(dir, "mm/hbf_conformance.c");
    const console = await runInGuest(dir, kernel.vmlinux, { conformance: program });
    const { ok, notOk, skipped } = readKtap(console);
    expect(notOk).toEqual([]);
    expect(console).toContain("\nconformance ended with 0\n");
    expect(ok).toHaveLength(Number(/^1\.\.(\d+)$/m.exec(console)?.[1]));
    // The machine has all that the vectors ask for.
    expect(skipped).toEqual([]);
  });
});
