import { keyOf } from "../../../checks/run-gate.ts";
import { LAB_FRAGMENTS, readKernelConfig, stageFragments } from "../../lib/build/kernel-config.ts";
import { planBuild } from "../../lib/build/plan-build.ts";
import { checkpatchCommand } from "../../lib/checkpatch/run-checkpatch.ts";
import { ToolError } from "../../lib/error.ts";
import { type GateInput, requireCommits } from "./gate-input.ts";
import { checksFor, type JudgeRequest, openReview } from "./judge-input.ts";
import { openResultStore } from "./result-store.ts";
import { openToolsDir, type ToolsLoan } from "./tools-checkout.ts";

/**
 * What `ready --dry-run` prints: each check with what would become of it, and for those that call
 * checkpatch, make or the virtual machine the exact commands. Nothing is judged.
 */
export async function planRun(request: JudgeRequest): Promise<string[]> {
  const { input } = request;
  const checks = checksFor(request);
  if ("broken" in input) return [`nothing would run: ${input.broken.message}`];
  const tools = openToolsDir(input, request.context);
  try {
    return await planChecks(request, input, checks, tools);
  } finally {
    await tools.close();
  }
}

async function planChecks(
  request: JudgeRequest,
  input: GateInput,
  checks: ReturnType<typeof checksFor>,
  tools: ToolsLoan,
): Promise<string[]> {
  const { review, codeKey } = openReview(request, input, tools.use);
  const store = openResultStore(`${request.cacheDir}/results`, request.useCache);
  const lines: string[] = [];
  for (const check of checks) {
    try {
      const known = await store.get(await keyOf(check, review, codeKey));
      lines.push(`${known === undefined ? "would run" : "remembered"} ${check.id} (${check.cost})`);
      if (known === undefined) lines.push(...(await commandsOf(check.id, request, input, tools)));
    } catch (error) {
      if (!(error instanceof ToolError) || error.kind === "internal") throw error;
      lines.push(`cannot run ${check.id}: ${error.message.split("\n")[0] ?? ""}`);
    }
  }
  return lines;
}

async function commandsOf(
  id: string,
  { context }: JudgeRequest,
  input: GateInput,
  tools: ToolsLoan,
): Promise<string[]> {
  const { packageDir, env, signal } = context;
  if (id === "t01-checkpatch") {
    const files = input.patches.map(({ path }) => path);
    return await tools.use(async ({ dir, gitDir }) => [
      checkpatchCommand({ treeDir: dir, ...(gitDir === undefined ? {} : { gitDir }) }, files),
    ]);
  }
  if (id === "b01-each-commit-builds") {
    const { tree } = requireCommits(input);
    const config = await readKernelConfig(packageDir, [
      ...LAB_FRAGMENTS,
      ...stageFragments(input.stage),
    ]);
    const commands: string[] = [];
    for (const { commit } of input.patches) {
      commands.push(...(await planBuild({ tree, treeish: commit, config, env, signal })));
    }
    return commands;
  }
  return id === "x07-model-conformance" ? [`rfckit verify --stage ${input.stage}`] : [];
}
