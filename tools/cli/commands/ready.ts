import { bisectExitCode, EXIT, type ExitCode, ToolError } from "../../lib/error.ts";
import type { CommandContext, CommandModule } from "../command.ts";
import type { GateView } from "../ready/gate-view.ts";
import type { JudgeRequest } from "../ready/judge-input.ts";
import type { ChosenProfile } from "../ready/require-profile.ts";
import type { OpenedInput } from "../ready/stage-input.ts";

interface ReadyOptions {
  readonly stage?: string;
  readonly tree?: string;
  readonly range?: string;
  readonly cover?: string;
  readonly base?: string;
  readonly profile: string;
  readonly format: readonly string[];
  readonly cache: boolean;
  readonly shard?: string;
  readonly bisect?: true;
  readonly dryRun?: true;
}

/** `rfckit ready`: every check of the gate on the series, and a verdict for the whole. */
export const readyCommand: CommandModule = {
  verb: "ready",
  register(program, context, act) {
    program
      .command("ready [file...]")
      .description("judge the series, a range of commits, or mailboxes and patch files")
      .option("--stage <name>", "stage of the series (default: the current one)")
      .option("--range <base..tip>", "judge these commits of the kernel tree instead")
      .option("--cover <file>", "with --range: text of the cover letter")
      .option(
        "--base <commit>",
        "with files: what they apply to (default: what they name, or HEAD)",
      )
      .option("--tree <dir>", "kernel git tree (default: KERNEL_TREE, else the cached one)")
      .option("--profile <name>", "which checks: texts, quick, static, rfc, ci or v1", "rfc")
      .option(
        "--format <format[=file]>",
        "text, json, jsonl, sarif, github, junit, ktap, markdown",
        collect,
        [],
      )
      .option("--shard <i/n>", "run the i-th of n parts; rfckit report merge puts them together")
      .option("--no-cache", "run every check again")
      .option("--dry-run", "print what would run, with the commands, and judge nothing")
      .option("--bisect", "exit 125 for what could not be judged, for git bisect run")
      .action(act((files: string[], options: ReadyOptions) => judge(files, options, context)));
  },
};

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

async function judge(
  files: readonly string[],
  options: ReadyOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { parseOutputs, writeOutputs } = await import("../reporters/outputs.ts");
  const outputs = parseOutputs(options.format.length === 0 ? ["text"] : options.format);
  const { cacheDir } = await import("../../lib/fs/cache-dir.ts");
  const { EXIT_OF_VERDICT } = await import("../reporters/exit-of-verdict.ts");
  const { parseShard } = await import("../ready/parse-shard.ts");
  const { requireProfile } = await import("../ready/require-profile.ts");
  const profile = requireProfile(options.profile);
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const input = await openInput(files, options, profile.posting, context);
  const { checksFor, judgeInput } = await import("../ready/judge-input.ts");
  if (options.dryRun === true) return await planOnly({ input, profile, shard }, options, context);
  const patches = "broken" in input ? 0 : input.patches.length;
  const view = await openView(context, checksFor({ input, profile, shard }), patches);
  const report = await judgeInput({
    context,
    input,
    profile,
    cacheDir: cacheDir(context.env),
    useCache: options.cache,
    shard,
    view,
  }).finally(() => view.close());
  await writeOutputs(report, outputs, context);
  const code = EXIT_OF_VERDICT[report.verdict];
  return options.bisect === true ? bisectExitCode(code) : code;
}

async function planOnly(
  chosen: Pick<JudgeRequest, "input" | "profile" | "shard">,
  { cache }: ReadyOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { planRun } = await import("../ready/plan-run.ts");
  const { createPlainView } = await import("../ready/gate-view.ts");
  const { cacheDir } = await import("../../lib/fs/cache-dir.ts");
  const view = createPlainView(context.stderr);
  const request = { ...chosen, context, cacheDir: cacheDir(context.env), useCache: cache, view };
  for (const line of await planRun(request)) context.stdout(`${line}\n`);
  return EXIT.ready;
}

async function openInput(
  files: readonly string[],
  { range, stage, tree, cover, base }: ReadyOptions,
  posting: ChosenProfile["posting"],
  context: CommandContext,
): Promise<OpenedInput> {
  if (range !== undefined && files.length > 0) throw ambiguous();
  const prefix = posting === "rfc" ? "RFC PATCH" : "PATCH";
  if (range !== undefined) {
    const { openRangeInput } = await import("../ready/range-input.ts");
    return await openRangeInput({ range, stage, tree, coverFile: cover, prefix }, context);
  }
  if (files.length > 0) {
    const { openFilesInput } = await import("../ready/files-input.ts");
    return await openFilesInput({ files, stage, tree, base, prefix }, context);
  }
  const { openStageInput } = await import("../ready/stage-input.ts");
  return await openStageInput(
    { ...(stage === undefined ? {} : { stage }), ...(tree === undefined ? {} : { tree }) },
    context,
  );
}

function ambiguous(): ToolError {
  return new ToolError("both files and a range were given, and only one can be judged", {
    kind: "user",
    code: "two-inputs",
    hints: ["rfckit ready FILE...", "rfckit ready --range A..B"],
  });
}

async function openView(
  context: CommandContext,
  checks: ChosenProfile["checks"],
  patches: number,
): Promise<GateView> {
  const { createPlainView, wantsScreen } = await import("../ready/gate-view.ts");
  const { terminal, env } = context;
  if (terminal === undefined || !wantsScreen({ ...terminal, env })) {
    return createPlainView(context.stderr);
  }
  const { openGateBoard } = await import("../tui/open-board.tsx");
  return openGateBoard({
    checks,
    patches,
    stream: terminal.stream,
    keys: terminal.keys,
    // As the terminal would have sent it, so that everything ends in the same way.
    onInterrupt: () => process.kill(process.pid, "SIGINT"),
    signal: context.signal,
    useColor: (env["NO_COLOR"] ?? "") === "",
    now: () => performance.now(),
  });
}
