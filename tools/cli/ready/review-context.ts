import { join } from "node:path";
import type { ReviewContext } from "../../../checks/context.ts";
import type { LabEffects } from "../../../checks/lab-effects.ts";
import { contentKey } from "../../lib/fs/content-store.ts";
import { hashFile, openCheckpatch } from "./checkpatch-work.ts";
import { type GateInput, requireCommits, requireKernel } from "./gate-input.ts";
import type { LabWork } from "./lab-work.ts";
import { openSeriesText } from "./series-text.ts";
import type { ToolsDir } from "./tools-checkout.ts";
import { openTreeEffects } from "./tree-effects.ts";

export interface ReviewRequest {
  readonly input: GateInput;
  readonly posting: ReviewContext["posting"];
  readonly codeKey: string;
  readonly cacheDir: string;
  /** False to ask every tool again. */
  readonly useCache: boolean;
  readonly signal: AbortSignal;
  /** Lends a folder with the files of the base, for tools that live in the kernel tree. */
  readonly withToolsDir: <Result>(use: (tools: ToolsDir) => Promise<Result>) => Promise<Result>;
  readonly lab: LabWork;
  readonly compilers: LabEffects;
  readonly onProgress: (line: string) => void;
}

/** Gives the checks what they may look at and do, for one input. */
export function createReviewContext(request: ReviewRequest): ReviewContext {
  const { input, lab, signal } = request;
  // Compilers are asked for their versions once: many rules have them in their keys.
  const buildKey = once(() => lab.buildKey());
  const verifyKey = once(() => lab.verifyKey());
  return {
    seriesName: input.name,
    stage: input.stage,
    origin: input.origin,
    posting: request.posting,
    baseCommit: input.baseCommit,
    patches: input.patches,
    coverLetter: input.cover,
    version: input.version,
    recipients: input.recipients,
    waivers: input.waivers,
    onProgress: request.onProgress,
    keys: {
      // The base commit's id stands for the content of every file in it.
      treeFile: async (path) => `${requireKernel(input).base}:${path}`,
      systemFile: hashFile,
      exporter: async () => contentKey([request.codeKey, input.origin]),
      build: async () => {
        requireCommits(input);
        return await buildKey();
      },
      verify: async () => {
        requireCommits(input);
        return await verifyKey();
      },
    },
    effects: {
      checkpatch: openCheckpatch(request),
      async roundTrip() {
        if (input.unfit?.code === "wrong-base") throw input.unfit;
        return await input.roundTrip();
      },
      ...openSeriesText(input, { tempRoot: join(request.cacheDir, "tmp"), signal }),
      buildCommit: (patch) => lab.buildCommit(patch),
      verify: (build) => lab.verify(build),
      ...openTreeEffects(request),
      ...request.compilers,
    },
  };
}

function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}
