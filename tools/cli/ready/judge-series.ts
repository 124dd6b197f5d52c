import { relative } from "node:path";
import type { ReviewContext } from "../../../checks/context.ts";
import { type GateEntry, judgeGate, runGate } from "../../../checks/run-gate.ts";
import { loadSeriesConfig } from "../../lib/config/load-series-config.ts";
import { ToolError } from "../../lib/error.ts";
import { readSeriesFolder, type SeriesFolder } from "../../lib/series/read-folder.ts";
import type { CommandContext } from "../command.ts";
import { mailedCommits } from "../mailed-commits.ts";
import { type OpenSeries, openSeries } from "../open-series.ts";
import { createGateReport, type GateReport } from "../reporters/gate-report.ts";
import { entriesOfBrokenSeries } from "./broken-series.ts";
import { hashOwnCode } from "./code-key.ts";
import type { GateView } from "./gate-view.ts";
import { openKernelLab } from "./kernel-lab.ts";
import type { ChosenProfile } from "./require-profile.ts";
import { openResultStore } from "./result-store.ts";
import { createReviewContext } from "./review-context.ts";
import { reviewedPatches } from "./reviewed-patches.ts";
import { withToolsDir } from "./tools-checkout.ts";

export interface JudgeRequest {
  readonly context: CommandContext;
  readonly stage: string | undefined;
  readonly tree: string | undefined;
  readonly profile: ChosenProfile;
  readonly cacheDir: string;
  /** False to run every check again. */
  readonly useCache: boolean;
  readonly version: string;
  readonly view: GateView;
}

/** Takes a stage of the project's series through the whole gate. */
export async function judgeSeries(request: JudgeRequest): Promise<GateReport> {
  const { context, stage, tree } = request;
  const open = await openSeries(
    { ...(stage === undefined ? {} : { stage }), ...(tree === undefined ? {} : { tree }) },
    context,
  );
  const folder = await readSeriesFolder(open.where.dir).catch(keepFindings);
  const review =
    folder instanceof ToolError
      ? folder
      : await openReview(request, open, folder).catch(keepFindings);
  const { dir } = open.where;
  const entries =
    review instanceof ToolError
      ? entriesOfBrokenSeries(review, request.profile.checks, {
          dir,
          projectDir: context.projectDir,
        })
      : await runChecks(request, review);
  const mails = folder instanceof ToolError ? [] : folder.patches;
  return createGateReport(entries, {
    rfckit: request.version,
    profile: { name: request.profile.name, isWhole: request.profile.isWhole },
    series: {
      name: (await loadSeriesConfig(context.projectDir)).name,
      stage: open.where.name,
      base: open.base,
      patches: mails.map(({ path, mail }, index) => ({
        position: `${index + 1}/${mails.length}`,
        file: relative(context.projectDir, path),
        subject: mail.headers.get("subject") ?? "",
      })),
    },
    verdict: judgeGate(entries),
  });
}

async function openReview(
  request: JudgeRequest,
  open: OpenSeries,
  folder: SeriesFolder,
): Promise<ReviewContext> {
  const { context, cacheDir, view } = request;
  const { projectDir, packageDir } = context;
  const commits = await mailedCommits(open, folder, context);
  const patches = reviewedPatches(folder, commits, projectDir);
  const onProgress = (line: string): void => view.onProgress(line);
  return createReviewContext({
    open,
    folder,
    patches,
    projectDir,
    onProgress,
    config: await loadSeriesConfig(projectDir),
    codeKey: hashOwnCode(packageDir),
    withToolsDir: (use) => withToolsDir(open, context, use),
    lab: openKernelLab({
      tree: open.shared.tree,
      patches,
      stage: open.where.name,
      cacheDir,
      context,
      onProgress,
    }),
  });
}

async function runChecks(request: JudgeRequest, review: ReviewContext): Promise<GateEntry[]> {
  const { context, cacheDir, useCache, view } = request;
  return await runGate(review, {
    checks: request.profile.checks,
    store: openResultStore(`${cacheDir}/results`, useCache),
    codeKey: hashOwnCode(context.packageDir),
    now: () => performance.now(),
    signal: context.signal,
    onStart: (check) => view.onStart(check),
    onEntry: (entry) => view.onEntry(entry),
  });
}

/** What is wrong with the patches is a finding of the gate; any other failure goes on its way. */
function keepFindings(error: unknown): ToolError {
  if (error instanceof ToolError && error.kind === "user") return error;
  throw error;
}
