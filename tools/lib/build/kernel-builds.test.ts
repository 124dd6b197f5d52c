import { describe, expect, test } from "vitest";
import { findPackageDir } from "../fs/package-dir.ts";
import { KERNEL_BUILDS, parseBuilds, readBuildConfig } from "./kernel-builds.ts";
import { readKernelConfig } from "./kernel-config.ts";

const build = (name: string) => {
  const [found] = parseBuilds(name);
  if (found === undefined) throw new Error(name);
  return found;
};

describe("builds", () => {
  test("are named in a list, each once and in the order asked for", () => {
    expect(parseBuilds("gcov,debug,gcov").map(({ name }) => name)).toEqual(["gcov", "debug"]);
  });

  test.each(["", "fast,", "kasan", "../x"])("'%s' names no build", (list) => {
    expect(() => parseBuilds(list)).toThrow("there is no build");
  });

  test("have fragments that agree with those of every lab kernel", async () => {
    const hashes = new Set<string>();
    for (const one of KERNEL_BUILDS) {
      hashes.add((await readBuildConfig(findPackageDir(), one, ["mm/hbf.c"])).hash);
    }
    expect(hashes.size).toBe(KERNEL_BUILDS.length);
  });

  test("the lean one is what is built for each commit", async () => {
    const lean = await readBuildConfig(findPackageDir(), build("fast"), ["mm/hbf.c"]);
    expect(lean.hash).toBe((await readKernelConfig(findPackageDir())).hash);
  });

  test("coverage is for the series' own objects alone", async () => {
    const { makeVariables, keptFiles } = await readBuildConfig(findPackageDir(), build("gcov"), [
      "mm/hbf.c",
      "mm/tests/hbf_kunit.c",
    ]);
    expect(makeVariables).toEqual(["GCOV_PROFILE_hbf.o=y", "GCOV_PROFILE_hbf_kunit.o=y"]);
    expect(keptFiles).toEqual(["mm/hbf.gcno", "mm/tests/hbf_kunit.gcno"]);
  });
});
