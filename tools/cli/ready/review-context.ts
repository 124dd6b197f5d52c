import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { ReviewContext } from "../../../checks/context.ts";
import { runCheckpatch } from "../../lib/checkpatch/run-checkpatch.ts";
import { contentKey } from "../../lib/fs/content-store.ts";
import { mapLimited } from "../map-limited.ts";
import { type GateInput, requireCommits, requireKernel } from "./gate-input.ts";
import type { LabWork } from "./lab-work.ts";
import { openSeriesText } from "./series-text.ts";
import type { ToolsDir } from "./tools-checkout.ts";

export interface ReviewRequest {
  readonly input: GateInput;
  readonly codeKey: string;
  readonly cacheDir: string;
  readonly signal: AbortSignal;
  /** Lends a folder with the files of the base, for tools that live in the kernel tree. */
  readonly withToolsDir: <Result>(use: (tools: ToolsDir) => Promise<Result>) => Promise<Result>;
  readonly lab: LabWork;
  readonly onProgress: (line: string) => void;
}

const CHECKPATCH_TIMEOUT_MS = 120_000;

/** Gives the checks what they may look at and do, for one input. */
export function createReviewContext(request: ReviewRequest): ReviewContext {
  const { input, lab, signal } = request;
  return {
    seriesName: input.name,
    stage: input.stage,
    origin: input.origin,
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
        return await lab.buildKey();
      },
      verify: async () => {
        requireCommits(input);
        return await lab.verifyKey();
      },
    },
    effects: {
      checkpatch: (inputs) =>
        request.withToolsDir(({ dir, gitDir }) =>
          mapLimited(inputs, availableParallelism(), (patch) =>
            runCheckpatch({
              treeDir: dir,
              ...(gitDir === undefined ? {} : { gitDir }),
              patch,
              timeoutMs: CHECKPATCH_TIMEOUT_MS,
              signal,
            }),
          ),
        ),
      roundTrip: input.roundTrip,
      ...openSeriesText(input, { tempRoot: join(request.cacheDir, "tmp"), signal }),
      buildCommit: (patch) => lab.buildCommit(patch),
      verify: () => lab.verify(),
    },
  };
}

async function hashFile(path: string): Promise<string> {
  try {
    return contentKey([await readFile(path)]);
  } catch {
    return "absent";
  }
}
