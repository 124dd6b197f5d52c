import { availableParallelism } from "node:os";
import type { ReviewContext } from "../../../checks/context.ts";
import { checksOfPatches } from "../../../checks/profiles.ts";
import { type GateEntry, type GateVerdict, judgeGate, runGate } from "../../../checks/run-gate.ts";
import { checksOfShard, type Shard } from "../../../checks/shard.ts";
import { EXIT } from "../../lib/error.ts";
import type { CommandContext } from "../command.ts";
import { EXIT_OF_VERDICT } from "../reporters/exit-of-verdict.ts";
import { createGateReport, type GateReport } from "../reporters/gate-report.ts";
import { entriesOfBrokenSeries } from "./broken-series.ts";
import { hashOwnCode } from "./code-key.ts";
import type { GateInput } from "./gate-input.ts";
import type { GateView } from "./gate-view.ts";
import { openKernelLab } from "./kernel-lab.ts";
import { openLabEffects } from "./lab-effects.ts";
import type { ChosenProfile } from "./require-profile.ts";
import { openResultStore } from "./result-store.ts";
import { createReviewContext, type ReviewRequest } from "./review-context.ts";
import type { OpenedInput } from "./stage-input.ts";
import { openToolsDir } from "./tools-checkout.ts";
import { waiveFindings } from "./waive-findings.ts";

export interface JudgeRequest {
  readonly context: CommandContext;
  readonly input: OpenedInput;
  readonly profile: ChosenProfile;
  readonly cacheDir: string;
  /** False to run every check again. */
  readonly useCache: boolean;
  readonly shard?: Shard | undefined;
  readonly view: GateView;
}

/** Takes an input through the whole gate; a person at the screen may go on from there. */
export async function judgeInput(request: JudgeRequest): Promise<GateReport> {
  const { input, view } = request;
  const checks = checksFor(request);
  if ("broken" in input) {
    return reportOn(request, entriesOfBrokenSeries(input.broken, checks, input.file));
  }
  let judged: GateInput = input;
  let entries = await runChecks(request, judged, checks);
  const replace = async (id: string): Promise<void> => {
    const chosen = checks.filter((check) => check.id === id);
    const again = await runChecks({ ...request, useCache: false }, judged, chosen);
    entries = entries.map(
      (entry) => again.find(({ check }) => check.id === entry.check.id) ?? entry,
    );
  };
  const { verdict } = reportOn(request, entries);
  await view.linger(EXIT_OF_VERDICT[verdict] === EXIT.ready, {
    again: replace,
    async waive(id, reason) {
      const entry = entries.find(({ check }) => check.id === id);
      if (entry === undefined) throw new RangeError(`no check '${id}'`);
      const waivers = await waiveFindings(entry, {
        input: judged,
        reason,
        context: request.context,
      });
      judged = { ...judged, waivers };
      await replace(id);
    },
  });
  return reportOn(request, entries);
}

function reportOn(request: JudgeRequest, entries: readonly GateEntry[]): GateReport {
  const { input, context, profile, shard } = request;
  const isBroken = "broken" in input;
  const judgedAs = isBroken ? "series" : input.judgedAs;
  const unfit = isBroken ? undefined : input.unfit?.message;
  const verdict = judgeGate(entries, judgedAs, unfit === undefined);
  return createGateReport(entries, {
    rfckit: context.version,
    profile: { name: profile.name, isWhole: profile.isWhole },
    series: {
      name: input.name,
      stage: input.stage,
      base: input.baseCommit,
      judgedAs,
      ...(unfit === undefined ? {} : { unfit }),
      patches: (isBroken ? [] : input.patches).map(({ position, file, parsed }) => ({
        position,
        file,
        subject: parsed.rawSubject.text,
      })),
    },
    ...(shard === undefined ? {} : { shard }),
    verdict: shard === undefined ? verdict : verdictOfShard(verdict, entries),
  });
}

/** The checks that this run makes. */
export function checksFor({
  input,
  profile,
  shard,
}: Pick<JudgeRequest, "input" | "profile" | "shard">): ChosenProfile["checks"] {
  const isSeries = "broken" in input || input.judgedAs === "series";
  const checks = isSeries ? profile.checks : checksOfPatches(profile.checks);
  return shard === undefined ? checks : checksOfShard(checks, shard);
}

/** A part of the checks cannot say that a series is ready; an empty one says nothing bad. */
function verdictOfShard(verdict: GateVerdict, entries: readonly GateEntry[]): GateVerdict {
  const isGood = verdict === "ready" || verdict === "ready-to-attest" || entries.length === 0;
  return isGood ? "clean" : verdict;
}

async function runChecks(
  request: JudgeRequest,
  input: GateInput,
  checks: ChosenProfile["checks"],
): Promise<GateEntry[]> {
  const { context, cacheDir, useCache, view, profile } = request;
  const tools = openToolsDir(input, context);
  try {
    const { review, codeKey } = openReview(request, input, tools.use);
    return await runGate(review, {
      checks,
      isStrict: profile.isStrict,
      placeOf: input.placeOf,
      store: openResultStore(`${cacheDir}/results`, useCache),
      codeKey,
      now: () => performance.now(),
      signal: context.signal,
      atOnce: availableParallelism(),
      onStart: (check) => view.onStart(check),
      onEntry: (entry) => view.onEntry(entry),
    });
  } finally {
    await tools.close();
  }
}

/** Gives the checks what they may look at and do, and the key of the code that judges. */
export function openReview(
  request: JudgeRequest,
  input: GateInput,
  withToolsDir: ReviewRequest["withToolsDir"],
): { readonly review: ReviewContext; readonly codeKey: string } {
  const { context, cacheDir, useCache, view, profile } = request;
  const codeKey = hashOwnCode(context.packageDir);
  const onProgress = (line: string): void => view.onProgress(line);
  const lab = { input, cacheDir, context, onProgress };
  const review = createReviewContext({
    input,
    posting: profile.posting,
    codeKey,
    cacheDir,
    useCache,
    signal: context.signal,
    onProgress,
    withToolsDir,
    lab: openKernelLab(lab),
    compilers: openLabEffects({ ...lab, withToolsDir }),
  });
  return { review, codeKey };
}
