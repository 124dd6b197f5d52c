import { existsSync } from "node:fs";
import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../error.ts";
import { contentKey } from "../fs/content-store.ts";
import { run } from "../proc/run.ts";
import { hashKconfigFiles } from "./git-objects.ts";
import { formatKconfig, type KconfigValues, parseKconfig } from "./kconfig-text.ts";
import { type KernelConfig, mergeWithSeed } from "./kernel-config.ts";
import { type MakeCall, makeArgs } from "./kernel-make.ts";

/** Where a configuration starts: our lean one, or a target of the kernel's own. */
export type ConfigSeed = "lean" | KernelSeed;
type KernelSeed = "allnoconfig" | "allmodconfig" | "allyesconfig" | "defconfig" | "randconfig";

/** What make is told of the machine: `ARCH`, and what stands in front of the names of its tools. */
const TOOL_PREFIX = {
  x86_64: "",
  i386: "",
  arm64: "aarch64-linux-gnu-",
  s390: "s390x-linux-gnu-",
} as const;
export type VariantArch = keyof typeof TOOL_PREFIX;

/** One configuration of a matrix. */
export interface KernelVariant {
  /** For people, such as `without SMP`. */
  readonly name: string;
  readonly seed: ConfigSeed;
  readonly arch: VariantArch;
  /** gcc unless told. Objects alone: the linker stays that of binutils. */
  readonly compiler?: "clang";
  /** Symbols without `CONFIG_` that differ from the seed. */
  readonly set: Readonly<Record<string, string>>;
  /** For `randconfig`. */
  readonly randomSeed?: number;
  /** Further words for make, such as `W=1`. */
  readonly words?: readonly string[];
}

/** What a tree made of a configuration. */
export interface ConfiguredTree {
  readonly values: KconfigValues;
  /** What `conf` printed, such as unmet dependencies. */
  readonly log: string;
  readonly command: string;
}

export interface ConfigureVariantRequest {
  readonly call: MakeCall;
  readonly variant: KernelVariant;
  /** Of the lean kernel. */
  readonly lean: KernelConfig;
  readonly repository: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** The tree's own tinyconfig, as `configureKernel` takes it. */
const TINY = [
  "kernel/configs/tiny-base.config",
  "kernel/configs/tiny.config",
  "arch/x86/configs/tiny.config",
];
const CONFIGURE_TIMEOUT_MS = 300_000;

/** What stands in front of the names of a machine's compiler and linker. */
export function toolPrefixOf(arch: VariantArch): string {
  return TOOL_PREFIX[arch];
}

/** The words that tell make which machine it builds for. */
export function machineWords(arch: VariantArch): string[] {
  const prefix = toolPrefixOf(arch);
  return [`ARCH=${arch}`, ...(prefix === "" ? [] : [`CROSS_COMPILE=${prefix}`])];
}

/** What decides the objects of a variant beside tree and compiler. */
export function variantKey(variant: KernelVariant, lean: KernelConfig): string {
  const { seed, arch, set, randomSeed = 0, words = [], compiler = "gcc" } = variant;
  const values = Object.entries(set).toSorted();
  return contentKey([JSON.stringify([seed, arch, values, randomSeed, words, compiler]), lean.hash]);
}

/**
 * Writes the `.config` of a variant into its object folder; skipped when no Kconfig file of the
 * tree changed since the last time. Nothing is asserted: a tree may not know every symbol.
 *
 * @throws ToolError `kconfig-failed` (config) with the last words of `conf`
 */
export async function configureVariant(request: ConfigureVariantRequest): Promise<ConfiguredTree> {
  const { call, variant, lean, signal } = request;
  await mkdir(call.objectDir, { recursive: true });
  const stampFile = join(call.objectDir, "rfckit.stamp");
  const dotConfig = join(call.objectDir, ".config");
  const logFile = join(call.objectDir, "rfckit-conf.log");
  const kconfigs = await hashKconfigFiles(request.repository, call.treeId, signal);
  const stamp = contentKey([kconfigs, variantKey(variant, lean)]);
  const isFresh =
    existsSync(stampFile) && existsSync(dotConfig) && (await readFile(stampFile, "utf8")) === stamp;
  const command = isFresh ? "make olddefconfig" : await writeConfig(request, dotConfig, logFile);
  if (!isFresh) await writeFile(stampFile, stamp);
  return {
    values: parseKconfig(await readFile(dotConfig, "utf8")),
    log: await readFile(logFile, "utf8"),
    command,
  };
}

async function writeConfig(
  request: ConfigureVariantRequest,
  dotConfig: string,
  logFile: string,
): Promise<string> {
  const { call, variant } = request;
  await rm(join(call.objectDir, "rfckit.stamp"), { force: true });
  const wanted = join(call.objectDir, "rfckit.config");
  await writeFile(wanted, await wantedConfig(request));
  const { seed, randomSeed } = variant;
  const random = randomSeed === undefined ? [] : [`KCONFIG_SEED=${randomSeed}`];
  const target = seed === "lean" ? "allnoconfig" : seed;
  // defconfig knows no KCONFIG_ALLCONFIG, so what differs is appended and asked again.
  const all = seed === "defconfig" ? [] : [`KCONFIG_ALLCONFIG=${wanted}`];
  let log = await conf(request, [...all, ...random, target]);
  if (seed === "defconfig") {
    await appendFile(dotConfig, await readFile(wanted));
    log = { ...log, text: log.text + (await conf(request, ["olddefconfig"])).text };
  }
  await writeFile(logFile, log.text);
  return log.command;
}

async function wantedConfig({ variant, lean, call }: ConfigureVariantRequest): Promise<string> {
  const set: [string, string][] = Object.entries(variant.set);
  if (variant.seed !== "lean") return formatKconfig(new Map(set));
  const seeds = await Promise.all(TINY.map((path) => readFile(join(call.sourceDir, path), "utf8")));
  const values = new Map(parseKconfig(mergeWithSeed(seeds.join("\n"), lean)));
  if (variant.arch === "i386") for (const name of ["64BIT", "X86_64"]) values.delete(name);
  return formatKconfig(new Map([...values, ...set]));
}

async function conf(
  request: ConfigureVariantRequest,
  targets: readonly string[],
): Promise<{ readonly text: string; readonly command: string }> {
  const { call, env, signal, variant } = request;
  const { code, stdout, stderr, command } = await run({
    file: "make",
    args: makeArgs(call, [...machineWords(variant.arch), ...targets]),
    env,
    timeoutMs: CONFIGURE_TIMEOUT_MS,
    signal,
  });
  signal.throwIfAborted();
  const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  if (code === 0) return { text, command };
  const words = text.trim().split("\n").slice(-3).join(" | ");
  throw new ToolError(`the tree cannot be configured as '${variant.name}': ${words}`, {
    kind: "config",
    code: "kconfig-failed",
    hints: [command],
  });
}
