import { bisectExitCode, EXIT, type ExitCode, ToolError } from "../../lib/error.ts";
import type { CommandContext, CommandModule } from "../command.ts";
import type { TipOptions } from "../find-series-tip.ts";

interface VerifyOptions extends TipOptions {
  readonly patch: readonly string[];
  readonly topology?: string;
  readonly seed: string;
  readonly set: string;
  /** False for `--no-cache`. */
  readonly cache: boolean;
  readonly keep?: true;
  readonly bisect?: true;
  readonly format: string;
}

/** `rfckit verify`: boots the patched kernel and compares what it does with the model. */
export const verifyCommand: CommandModule = {
  verb: "verify",
  register(program, context, act) {
    program
      .command("verify")
      .description("boot the patched kernel in QEMU and compare each outcome with the model")
      .option("--stage <name>", "stage of the series (default: the current one)")
      .option("--tree <dir>", "kernel git tree (default: KERNEL_TREE, else the cached one)")
      .option("--ref <revision>", "verify this commit instead of the series' last")
      .option("--patch <file>", "put this patch on top first; may be repeated", collect, [])
      .option("--topology <name>", "machine to boot (default: the model's first)")
      .option("--seed <number>", "seed of the random vectors", "1")
      .option("--set <name>", "vectors: default, space (every edge), or long", "default")
      .option("--no-cache", "run again although an equal run is known")
      .option("--keep", "keep the guest's files also after a pass")
      .option("--format <format>", "text or json", "text")
      .option("--bisect", "exit 125 for what could not be judged, for git bisect run")
      .action(act((options: VerifyOptions) => verify(options, context)));
  },
};

async function verify(options: VerifyOptions, context: CommandContext): Promise<ExitCode> {
  const { resolve } = await import("node:path");
  const { GENERATED_STAGES, VECTOR_SET_NAMES } = await import("../../../kernel-model/index.ts");
  const { verifySeries } = await import("../../lib/verify/verify-series.ts");
  const { formatVerify } = await import("../format-verify.ts");
  const { findSeriesTip } = await import("../find-series-tip.ts");
  if (options.format !== "text" && options.format !== "json") {
    throw usage(`unknown format '${options.format}'`, "unknown-format", "--format text or json");
  }
  const seed = parseSeed(options.seed);
  const set = VECTOR_SET_NAMES.find((name) => name === options.set);
  if (set === undefined) {
    const hint = `--set ${VECTOR_SET_NAMES.join(", --set ")}`;
    throw usage(`there is no set '${options.set}' of vectors`, "unknown-set", hint);
  }
  const tip = await findSeriesTip(options, context);
  const stage = GENERATED_STAGES.find((name) => name === tip.stage);
  if (stage === undefined) {
    const known = GENERATED_STAGES.join(", ");
    throw usage(`the model has no vectors for stage '${tip.stage}'`, "unknown-stage", known);
  }
  const report = await verifySeries({
    ...{ tree: tip.tree, treeish: tip.treeish, stage, seed, set },
    ...(options.topology !== undefined && { topology: options.topology }),
    patches: options.patch.map((file) => resolve(context.cwd, file)),
    packageDir: context.packageDir,
    env: context.env,
    useCache: options.cache,
    keep: options.keep === true,
    signal: context.signal,
    onProgress: (line) => context.stderr(`${line}\n`),
  });
  const isJson = options.format === "json";
  const json = `${JSON.stringify({ schemaVersion: 1, ...report }, null, 2)}\n`;
  context.stdout(isJson ? json : formatVerify(report));
  const code = { pass: EXIT.ready, fail: EXIT.findings, error: EXIT.infra }[report.verdict];
  return options.bisect === true ? bisectExitCode(code) : code;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed <= 0xffffffff) return seed;
  throw usage(`seed '${text}' is no number of 32 bits`, "bad-seed", "--seed 1");
}

function usage(message: string, code: string, hint: string): ToolError {
  return new ToolError(message, { kind: "user", code, hints: [hint] });
}
