import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../error.ts";
import { contentKey } from "../fs/content-store.ts";
import { run } from "../proc/run.ts";
import { hashKconfigFiles } from "./git-objects.ts";
import { type KernelConfig, mergeWithSeed } from "./kernel-config.ts";
import { type MakeCall, makeArgs } from "./kernel-make.ts";

/** The object folder to configure, and from what. */
export interface ConfigureRequest {
  readonly call: MakeCall;
  /** Repository that has the tree; only read. */
  readonly repository: string;
  /** Environment of make. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly config: KernelConfig;
  readonly signal?: AbortSignal;
}

/** The parts of the tree's own tinyconfig target, in its order. */
const SEEDS = ["kernel/configs/tiny-base.config", "kernel/configs/tiny.config"];

/** The words of make that configure a kernel from our seed. */
export function configArgs(call: MakeCall): string[] {
  return makeArgs(call, [`KCONFIG_ALLCONFIG=${allConfigOf(call)}`, "allnoconfig"]);
}

function allConfigOf({ objectDir }: MakeCall): string {
  return join(objectDir, "rfckit.config");
}

const CONFIGURE_TIMEOUT_MS = 300_000;
const LAST_WORDS_LINES = 3;

/**
 * Writes `.config`: the tree's tinyconfig with our fragments on top. Skipped when neither the
 * fragments nor any Kconfig file of the tree changed since the last time, as it takes seconds.
 *
 * @throws ToolError `kconfig-failed` (config) with the last words of `conf`
 */
export async function configureKernel(request: ConfigureRequest): Promise<void> {
  const { call, config, signal } = request;
  const kconfigs = await hashKconfigFiles(request.repository, call.treeId, signal);
  const stampFile = join(call.objectDir, "rfckit.stamp");
  const stamp = contentKey([kconfigs, config.hash]);
  const dotConfig = join(call.objectDir, ".config");
  if (existsSync(dotConfig) && existsSync(stampFile)) {
    if ((await readFile(stampFile, "utf8")) === stamp) return;
  }
  await rm(stampFile, { force: true });
  const own = join(call.sourceDir, "arch", config.archDir, "configs/tiny.config");
  const common = SEEDS.map((path) => join(call.sourceDir, path));
  const paths = existsSync(own) ? [...common, own] : common;
  const seeds = paths.map((path) => readFile(path, "utf8"));
  await writeFile(allConfigOf(call), mergeWithSeed((await Promise.all(seeds)).join("\n"), config));
  const result = await run({
    file: "make",
    args: configArgs(call),
    env: request.env,
    timeoutMs: CONFIGURE_TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  signal?.throwIfAborted();
  if (result.code !== 0) {
    const words = new TextDecoder().decode(result.stderr).trim().split("\n");
    throw new ToolError(
      `the tree cannot be configured: ${words.slice(-LAST_WORDS_LINES).join(" | ")}`,
      { kind: "config", code: "kconfig-failed", hints: [result.command] },
    );
  }
  await writeFile(stampFile, stamp);
}
