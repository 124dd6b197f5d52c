import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CALLERS, type Caller, TOPOLOGIES } from "../../../kernel-model/index.ts";
import { ARCHITECTURES } from "../arch/registry.ts";
import { findPackageDir } from "../fs/package-dir.ts";
import { formatKconfig } from "./kconfig-text.ts";
import { KERNEL_BUILDS } from "./kernel-builds.ts";
import {
  assertConfig,
  FEATURE_FRAGMENT,
  LAB_FRAGMENTS,
  mergeWithSeed,
  PAGE_FRAGMENTS,
  readKernelConfig,
} from "./kernel-config.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-kconfig-"));
  await mkdir(join(dir, "tools/kconfig"), { recursive: true });
});
afterEach(() => rm(dir, { recursive: true }));

const put = (name: string, text: string): Promise<void> =>
  writeFile(join(dir, "tools/kconfig", `${name}.config`), text);

describe("kernel configuration", () => {
  test("every fragment of tools/kconfig is used", async () => {
    const names = await readdir(join(findPackageDir(), "tools/kconfig"));
    const ofBuilds = KERNEL_BUILDS.flatMap(({ fragments }) => fragments);
    const ofTests = ["selftests"];
    const ofArchitectures = ARCHITECTURES.flatMap(({ overlay }) => overlay);
    const ofTopologies = TOPOLOGIES.flatMap(({ fragments = [] }) => fragments);
    const fragments = [
      ...LAB_FRAGMENTS,
      ...PAGE_FRAGMENTS,
      FEATURE_FRAGMENT,
      ...ofBuilds,
      ...ofTests,
    ];
    const ofCallers = CALLERS.flatMap(({ fragments: own = [] }: Caller) => own);
    const ofMachines = [...ofArchitectures, ...ofTopologies, ...ofCallers];
    const all = [...new Set([...fragments, ...ofMachines])];
    const used = all.map((name) => `${name}.config`);
    expect(names.sort()).toEqual(used.sort());
  });

  test("ours overrules the seed of tinyconfig", async () => {
    await put("a", "# CONFIG_SLUB_TINY is not set\n");
    await put("hbf", "CONFIG_HBF=y\n");
    const config = await readKernelConfig(dir, ["a"]);
    expect(mergeWithSeed("CONFIG_SLUB_TINY=y\nCONFIG_X=y\n", config)).toBe(
      "# CONFIG_SLUB_TINY is not set\nCONFIG_X=y\nCONFIG_HBF=y\n",
    );
  });

  test("fragments that disagree are an error", async () => {
    await put("a", "CONFIG_SMP=y\n");
    await put("b", "# CONFIG_SMP is not set\n");
    await put("hbf", "");
    await expect(readKernelConfig(dir, ["a", "b"])).rejects.toMatchObject({
      code: "kconfig-fragments-conflict",
      message: expect.stringContaining("CONFIG_SMP"),
    });
  });

  test("a dropped option is named with what was wanted and what is set", async () => {
    await put("a", "CONFIG_KASAN=y\nCONFIG_NR_CPUS=8\n");
    await put("hbf", "CONFIG_HBF=y\n");
    const config = await readKernelConfig(dir, ["a"]);
    const dropped = "CONFIG_NR_CPUS=64\n# CONFIG_KASAN is not set\nCONFIG_HBF=y\n";
    expect(() => assertConfig(config, dropped, true)).toThrow(
      "CONFIG_KASAN wanted 'y' got 'n'; CONFIG_NR_CPUS wanted '8' got '64'",
    );
  });

  test("the feature is asserted only where it is expected", async () => {
    await put("a", "CONFIG_SMP=y\n");
    await put("hbf", "CONFIG_HBF=y\n");
    const config = await readKernelConfig(dir, ["a"]);
    const text = formatKconfig(config.required);
    expect(() => assertConfig(config, text, false)).not.toThrow();
    expect(() => assertConfig(config, text, true)).toThrow("CONFIG_HBF wanted 'y' got 'n'");
  });
});
