import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../lib/error.ts";
import { nowInSeconds } from "../clock.ts";
import type { Act, CommandContext } from "../command.ts";

interface SplitOptions {
  readonly plan?: string;
  readonly stage?: string;
  readonly into?: string;
  readonly tree?: string;
  readonly check?: true;
  readonly list?: true;
  readonly edit?: true;
  readonly propose?: true | string;
  readonly like?: string;
  readonly replace?: true;
  readonly dryRun?: true;
}

/** `rfckit series split`: several commits out of one, by a plan. */
export function registerSplit(series: Command, context: CommandContext, act: Act): void {
  series
    .command("split <range>")
    .description("make the commits of a plan out of a stage, BASE..TIP or one commit")
    .option("--plan <file>", "the plan (default: split-plan.yaml in the folder of the stage)")
    .option("--stage <name>", "put the commits there, as refs/rfckit/<series>/<stage>")
    .option("--into <ref>", "put the commits there (default: the ref that the range ends with)")
    .option("--tree <dir>", "kernel git tree (default: KERNEL_TREE, else the cached one)")
    .option("--check", "tell what the plan misses, takes twice or has stale; change nothing")
    .option("--list", "list the changes with their ids; change nothing")
    .option("--edit", "show the plan as a tree on a screen, and hand out changes by keys")
    .option("--propose [file]", "write a first plan in the usual order, to stdout or a new file")
    .option("--replace", "with --propose: write over a plan that is there")
    .option("--like <range>", "with --propose: the plan that makes these commits")
    .option("--dry-run", "make and prove all in a scratch repository, change nothing")
    .action(act((range: string, options: SplitOptions) => split(range, options, context)));
}

async function split(
  range: string,
  options: SplitOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { openSplit } = await import("./open-split.ts");
  const opened = await openSplit(range, options, context);
  if (options.edit === true) {
    const { editPlan } = await import("./edit-plan.ts");
    return await editPlan(opened, context);
  }
  const { inspectChanges, checkPlan, listChanges, notesOnMessages, notesOnPlan } = await import(
    "../../lib/split/inspect-changes.ts"
  );
  if (options.list === true) {
    context.stdout(listChanges(await inspectChanges(opened)));
    return EXIT.ready;
  }
  if (options.propose !== undefined) {
    const { propose } = await import("./propose.ts");
    return await propose(opened, options, context);
  }
  const { loadSplitPlan } = await import("../../lib/config/load-split-plan.ts");
  const plan = await loadSplitPlan(opened.planFile);
  for (const note of notesOnMessages(plan)) context.stderr(`warning: ${note}\n`);
  if (options.check === true) {
    const files = await inspectChanges(opened);
    const problems = checkPlan(plan, files);
    for (const problem of problems) context.stdout(`${problem}\n`);
    if (problems.length > 0) return EXIT.findings;
    for (const note of notesOnPlan(plan, files)) context.stderr(`note: ${note}\n`);
    context.stdout(`the plan takes everything once, in ${plan.value.commits.length} commits\n`);
    return EXIT.ready;
  }
  const { splitCommits } = await import("../../lib/split/split-commits.ts");
  const dryRun = options.dryRun === true;
  const nowS = nowInSeconds();
  const done = await splitCommits({ ...opened, into: opened.requireInto(), plan, nowS, dryRun });
  for (const [at, { id }] of done.commits.entries()) {
    const [subject] = (plan.value.commits[at]?.message ?? "").trimStart().split("\n");
    context.stdout(`${id} ${subject}\n`);
  }
  const verb = dryRun ? "would move" : "moved";
  for (const { ref, from, to } of done.changes) {
    context.stdout(`${verb} ${ref} from ${from ?? "nothing"} to ${to ?? "nothing"}\n`);
  }
  if (done.changes.length === 0) context.stdout("everything is so already, nothing moved\n");
  else if (!dryRun) context.stderr("  back: rfckit series undo\n");
  return EXIT.ready;
}
