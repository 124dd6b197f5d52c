import type { Coverage } from "../../lib/coverage/coverage.ts";
import { bisectExitCode, EXIT, type ExitCode, ToolError } from "../../lib/error.ts";
import type { VerifyReport } from "../../lib/verify/verify-report.ts";
import type { CommandContext, CommandModule } from "../command.ts";
import type { SeriesTip, TipOptions } from "../find-series-tip.ts";

interface VerifyOptions extends TipOptions {
  readonly patch: readonly string[];
  readonly build: string;
  readonly topology?: string;
  readonly arch?: string;
  readonly sample: string;
  readonly coverage: readonly string[];
  readonly seed: string;
  readonly set: string;
  /** False for `--no-cache`. */
  readonly cache: boolean;
  readonly keep?: true;
  /** False for `--no-shrink`. */
  readonly shrink: boolean;
  readonly shard?: string;
  readonly guests: string;
  readonly races?: string;
  readonly as: string;
  readonly bisect?: true;
  readonly dryRun?: true;
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
      .option("--build <names>", "fast, debug, kcsan, gcov, fault; with commas between", "fast")
      .option("--topology <names>", "machines to boot, or 'all' (default: the model's first)")
      .option("--arch <names>", "x86-64, i386, arm64, arm64-64k, s390x, or 'all'", "x86-64")
      .option("--coverage <format=file>", "write what gcov counted: text, json, lcov", collect, [])
      .option("--seed <number>", "seed of the random vectors", "1")
      .option("--set <name>", "vectors: default, space (every edge), or long", "default")
      .option("--sample <n>", "only every n-th vector, for what is slow", "1")
      .option("--no-cache", "run again although an equal run is known")
      .option("--keep", "keep the guest's files also after a pass")
      .option("--shard <i/n>", "only the i-th of n parts of the vectors; see rfckit report merge")
      .option("--guests <number>", "guests at once; auto: within cores and memory", "auto")
      .option("--races <rounds>", "calls of several tasks at once, every pair so often; by --seed")
      .option("--as <caller>", "who calls: root, user, cpuset, seccomp, compat (32 bits)", "root")
      .option("--no-shrink", "do not look for the shortest reproducer of a crash")
      .option("--format <format>", "text or json", "text")
      .option("--dry-run", "print what would be built and booted, and do neither")
      .option("--bisect", "exit 125 for what could not be judged, for git bisect run")
      .action(act((options: VerifyOptions) => verify(options, context)));
  },
};

async function verify(options: VerifyOptions, context: CommandContext): Promise<ExitCode> {
  const { resolve } = await import("node:path");
  const { CALLERS, findCaller, GENERATED_STAGES, VECTOR_SET_NAMES } = await import(
    "../../../kernel-model/index.ts"
  );
  const { runVerify } = await import("../run-verify.ts");
  const { formatVerify } = await import("../format-verify.ts");
  const { findSeriesTip } = await import("../find-series-tip.ts");
  const { parseShard } = await import("../ready/parse-shard.ts");
  const { parseRounds, race } = await import("../race.ts");
  const { exitCodeOf, planRuns } = await import("../verify-plan.ts");
  const { parseCoverageOutputs, writeCoverage } = await import("../write-coverage.ts");
  const { hasRun } = await import("../../lib/verify/verify-report.ts");
  const { mergeCoverage } = await import("../../lib/coverage/coverage.ts");
  if (options.format !== "text" && options.format !== "json") {
    throw usage(`unknown format '${options.format}'`, "unknown-format", "--format text or json");
  }
  const seed = parseSeed(options.seed);
  const set = VECTOR_SET_NAMES.find((name) => name === options.set);
  if (set === undefined) {
    const hint = `--set ${VECTOR_SET_NAMES.join(", --set ")}`;
    throw usage(`there is no set '${options.set}' of vectors`, "unknown-set", hint);
  }
  const caller = findCaller(options.as);
  if (caller === undefined) {
    const hint = `--as ${CALLERS.map(({ name }) => name).join(", --as ")}`;
    throw usage(`there is no caller '${options.as}'`, "unknown-caller", hint);
  }
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const guests = parseGuests(options.guests);
  const sample = parseSample(options.sample);
  const { topology, arch } = options;
  const runs = planRuns({ builds: options.build, topology, arch });
  if (caller.code !== 0 && runs.some((run) => run.arch.name !== "x86-64")) {
    throw usage("another caller than root is for x86-64", "caller-elsewhere", "--as user");
  }
  const outputs = parseCoverageOutputs(options.coverage);
  const tip = await findSeriesTip(options, context);
  const stage = GENERATED_STAGES.find((name) => name === tip.stage);
  if (stage === undefined) {
    const known = GENERATED_STAGES.join(", ");
    throw usage(`the model has no vectors for stage '${tip.stage}'`, "unknown-stage", known);
  }
  const patches = options.patch.map((file) => resolve(context.cwd, file));
  if (options.races !== undefined) {
    const rounds = parseRounds(options.races);
    const asked = { tip, patches, stage, seed, rounds, format: options.format };
    if (runs.some((run) => run.arch.name !== "x86-64")) {
      throw usage("calls race on x86-64 only", "no-races-there", "--arch x86-64");
    }
    const codes: ExitCode[] = [];
    for (const run of runs) codes.push(await race({ ...asked, ...run }, context));
    return codes.find((code) => code !== EXIT.ready) ?? EXIT.ready;
  }
  const request = {
    ...{ tree: tip.tree, treeish: tip.treeish, base: tip.base, stage, seed, set, guests },
    ...{ patches, useCache: options.cache, keep: options.keep === true, shrink: options.shrink },
    ...{ ...(shard !== undefined && { shard }), ...(sample > 1 && { sample }) },
    ...(caller.code !== 0 && { caller }),
  };
  if (options.dryRun === true) {
    const { describeVerify } = await import("../plan-verify.ts");
    const lines = await describeVerify(runs, request, context);
    context.stdout(`${lines.join("\n")}\n`);
    return EXIT.ready;
  }
  const reports = await runVerify(runs, request, context, (report) => {
    if (options.format === "text") context.stdout(formatVerify(report));
  });
  if (options.format === "json") context.stdout(formatJson(reports));
  const counted = reports.flatMap((one) =>
    hasRun(one) && one.coverage !== undefined ? [one.coverage] : [],
  );
  if (outputs.length > 0) {
    const coverage = mergeCoverage(counted);
    const sourceOf = await readSources(tip, coverage);
    await writeCoverage(coverage, outputs, { cwd: context.cwd, sourceOf });
  }
  const code = exitCodeOf(reports);
  return options.bisect === true ? bisectExitCode(code) : code;
}

/** One run is told as it is; several are in a list. */
function formatJson(reports: readonly VerifyReport[]): string {
  const [only, ...others] = reports;
  const content = others.length === 0 ? { ...only } : { runs: reports };
  return `${JSON.stringify({ schemaVersion: 1, ...content }, null, 2)}\n`;
}

async function readSources(
  tip: SeriesTip,
  { files }: Coverage,
): Promise<(path: string) => readonly string[]> {
  const { gitText } = await import("../../lib/git/git.ts");
  const lines = new Map<string, readonly string[]>();
  for (const { path } of files) {
    const args = ["cat-file", "blob", `${tip.treeish}:${path}`];
    lines.set(path, (await gitText({ dir: tip.tree.dir, args })).split("\n"));
  }
  return (path) => lines.get(path) ?? [];
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

const MOST_GUESTS = 64;

function parseGuests(text: string): number | "auto" {
  if (text === "auto") return text;
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= MOST_GUESTS) return count;
  throw usage(`'${text}' is no number of guests`, "bad-guests", "--guests auto, or 1 to 64");
}

function parseSample(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw usage(`'${text}' is no step of a sample`, "bad-sample", "--sample 10");
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed <= 0xffffffff) return seed;
  throw usage(`seed '${text}' is no number of 32 bits`, "bad-seed", "--seed 1");
}

function usage(message: string, code: string, hint: string): ToolError {
  return new ToolError(message, { kind: "user", code, hints: [hint] });
}
