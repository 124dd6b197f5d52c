import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { EXIT, type ExitCode, ToolError } from "../../lib/error.ts";
import { writeFileAtomic } from "../../lib/fs/write-file-atomic.ts";
import { derivePlan } from "../../lib/split/derive-plan.ts";
import { inspectChanges } from "../../lib/split/inspect-changes.ts";
import { proposePlan } from "../../lib/split/propose-plan.ts";
import { type DraftCommit, renderPlan } from "../../lib/split/render-plan.ts";
import type { CommandContext } from "../command.ts";
import type { OpenSplit } from "./open-split.ts";

export interface ProposeOptions {
  /** File of the plan, or true for standard output. */
  readonly propose?: true | string;
  readonly like?: string;
  /** A file that is there may be written over. */
  readonly replace?: true;
  readonly dryRun?: true;
}

/** Writes a first plan; a file that is there already is somebody's work and stays, unless told. */
export async function propose(
  opened: OpenSplit,
  options: ProposeOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const drafts = await draft(opened, options);
  const schema = "../../docs/reference/split-plan.schema.json";
  if (typeof options.propose !== "string" || options.dryRun === true) {
    context.stdout(renderPlan(drafts));
    return EXIT.ready;
  }
  const path = resolve(context.cwd, options.propose);
  if (options.replace !== true && existsSync(path)) {
    throw new ToolError(`'${path}' is there already, and may have been edited`, {
      kind: "user",
      code: "plan-exists",
      hints: ["name another file", "--replace"],
    });
  }
  await writeFileAtomic(path, renderPlan(drafts, schema));
  context.stdout(`${path}: ${drafts.length} commits\n`);
  return EXIT.ready;
}

async function draft(opened: OpenSplit, options: ProposeOptions): Promise<DraftCommit[]> {
  if (options.like !== undefined) {
    const like = await opened.resolveRange(options.like);
    return await derivePlan({ ...opened, likeBase: like.base, likeTip: like.tip });
  }
  return proposePlan(await inspectChanges(opened), await opened.subject());
}
