import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../error.ts";
import { contentKey } from "../fs/content-store.ts";
import { diffKconfig, formatKconfig, type KconfigValues, parseKconfig } from "./kconfig-text.ts";

/** Fragments of `tools/kconfig/` for the kernel that runs the vectors. */
export const LAB_FRAGMENTS = [
  "base",
  "platform-x86",
  "console",
  "numa-tiers",
  "guest-transport",
  "cpuset",
  "test-support",
  "evidence",
] as const;

/** What the vectors of a stage with a backend need besides. */
export const PAGE_FRAGMENTS = ["page-states"] as const;

const STAGES_WITHOUT_BACKEND = ["v0", "v1", "v2"];

/** What a series of `stage`, as series.yaml names it, needs besides: hints that move need more. */
export function stageFragments(stage: string): readonly string[] {
  return STAGES_WITHOUT_BACKEND.includes(stage) ? [] : PAGE_FRAGMENTS;
}

/** The fragment of the feature; asked for always, asserted when the series has it. */
export const FEATURE_FRAGMENT = "hbf";

/** What a kernel is configured with, before any tree is looked at. */
export interface KernelConfig {
  /** Asserted after the configuration. */
  readonly required: KconfigValues;
  /** Asserted only when the feature is expected. */
  readonly feature: KconfigValues;
  /** File of the object folder that is booted. */
  readonly image: string;
  /** Settings for make, such as `GCOV_PROFILE_hbf.o=y`. */
  readonly makeVariables: readonly string[];
  /** Files of the object folder that are kept beside the kernel where they exist. */
  readonly keptFiles: readonly string[];
  /** In front of the names of compiler and linker; empty for those of this machine. */
  readonly toolPrefix: string;
  /** Folder below `arch/` whose tiny.config counts, where it has one. */
  readonly archDir: string;
  /** Of the fragments' content and all that is above. */
  readonly hash: string;
}

/** The parts of a configuration that are no Kconfig options. */
export type BuildExtras = Omit<KernelConfig, "required" | "feature" | "hash">;

/** What the lean kernel of this machine's architecture is made with. */
export const NO_EXTRAS: BuildExtras = {
  ...{ image: "vmlinux", makeVariables: [], keptFiles: [], toolPrefix: "", archDir: "x86" },
};

/**
 * Reads the named fragments of `<packageDir>/tools/kconfig`.
 *
 * @param overlay fragments that overrule the others: those of another architecture
 * @throws ToolError `kconfig-fragments-conflict` (config) when two of them disagree on a symbol.
 */
export async function readKernelConfig(
  packageDir: string,
  fragments: readonly string[] = LAB_FRAGMENTS,
  extras: BuildExtras = NO_EXTRAS,
  overlay: readonly string[] = [],
): Promise<KernelConfig> {
  const required = new Map<string, string>();
  for (const name of fragments) {
    for (const [symbol, value] of await readFragment(packageDir, name)) {
      const other = required.get(symbol);
      if (other !== undefined && other !== value) throw conflict(name, symbol, value, other);
      required.set(symbol, value);
    }
  }
  for (const name of overlay) {
    for (const [symbol, value] of await readFragment(packageDir, name)) required.set(symbol, value);
  }
  const feature = await readFragment(packageDir, FEATURE_FRAGMENT);
  const { image, makeVariables, keptFiles } = extras;
  const words = [image === NO_EXTRAS.image ? [] : [image], makeVariables, keptFiles].flat();
  const hash = contentKey([formatKconfig(required), formatKconfig(feature), ...words]);
  return { required, feature, ...extras, hash };
}

/** The text for `KCONFIG_ALLCONFIG`: what the tree's own tinyconfig says, overruled by ours. */
export function mergeWithSeed(seed: string, config: KernelConfig): string {
  return formatKconfig(new Map([...parseKconfig(seed), ...config.required, ...config.feature]));
}

/**
 * Asserts that every option that was asked for is in the `.config`.
 *
 * @throws ToolError `kconfig-dropped` (config): each symbol, what was wanted and what is set.
 */
export function assertConfig(
  config: KernelConfig,
  dotConfig: string,
  featureExpected: boolean,
): void {
  const got = parseKconfig(dotConfig);
  const wanted = new Map([...config.required, ...(featureExpected ? config.feature : [])]);
  const differences = diffKconfig(wanted, got);
  if (differences.length === 0) return;
  const list = differences.map(({ symbol, wanted: value, got: actual }) => {
    return `CONFIG_${symbol} wanted '${value}' got '${actual}'`;
  });
  throw new ToolError(`the tree does not take the configuration: ${list.join("; ")}`, {
    kind: "config",
    code: "kconfig-dropped",
    hints: differences.map(({ symbol }) => `git grep -n 'config ${symbol}$' -- '*Kconfig*'`),
  });
}

async function readFragment(packageDir: string, name: string): Promise<KconfigValues> {
  return parseKconfig(await readFile(join(packageDir, "tools/kconfig", `${name}.config`), "utf8"));
}

function conflict(name: string, symbol: string, value: string, other: string): ToolError {
  return new ToolError(
    `fragment '${name}' sets CONFIG_${symbol} to '${value}', another to '${other}'`,
    { kind: "config", code: "kconfig-fragments-conflict" },
  );
}
