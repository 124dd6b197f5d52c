import { join } from "node:path";
import {
  renderProgram,
  renderReproducer,
  type Vector,
  type VectorSet,
} from "../../../kernel-model/index.ts";
import { writeFileAtomic } from "../fs/write-file-atomic.ts";
import { type Finding, isStop } from "./outcome.ts";
import type { VectorsRequest } from "./run-part.ts";
import { runVectors } from "./run-vectors.ts";
import { shrinkVectors } from "./shrink-vectors.ts";

/** The shortest way that was found to bring a failure about. */
export interface Reproducer {
  /** C source of it. */
  readonly file: string;
  /** One line for each call of each vector. */
  readonly program: readonly string[];
  /** Vectors that it takes. */
  readonly vectors: number;
  /** Guests that were started to find it. */
  readonly runs: number;
}

/** A search is worth this much, and no more. */
const MAX_RUNS = 40;
const MAX_SEARCH_MS = 60_000;

/**
 * Looks for the shortest reproducer of a failure that stopped or disturbed a guest; undefined when
 * there is nothing to shrink, or when it did not happen again.
 *
 * @param scope what the C source says of its origin
 */
export async function reproduce(
  request: VectorsRequest,
  finding: Finding | undefined,
  scope: Pick<VectorSet, "stage" | "topology">,
): Promise<Reproducer | undefined> {
  if (finding?.vector === undefined || !isWorthIt(finding)) return undefined;
  const at = request.vectors.findIndex(({ id }) => id === finding.vector?.id);
  if (at === -1) return undefined;
  const startedMs = performance.now();
  let index = 0;
  const fails = async (vectors: readonly Vector[]): Promise<boolean> => {
    if (performance.now() - startedMs > MAX_SEARCH_MS) return false;
    index += 1;
    request.onProgress?.(`shrinking: ${vectors.length} vectors, guest ${index}`);
    const dir = join(request.dir, `shrink-${index}`);
    const alone = { ...request, vectors, dir, maxRestarts: 0, isOneOfMany: true };
    const { findings } = await runVectors({ ...alone, onProgress: () => {} });
    return findings.some((one) => one.kind === finding.kind && one.splat === finding.splat);
  };
  const upTo = request.vectors.slice(0, at + 1);
  const { vectors, runs, isReproduced } = await shrinkVectors({
    ...{ vectors: upTo, fails, maxRuns: MAX_RUNS },
  });
  if (!isReproduced) return undefined;
  const file = join(request.dir, "reproducer.c");
  await writeFileAtomic(file, renderReproducer({ ...scope, seed: request.seed, vectors }));
  const program = vectors.flatMap(({ calls }) => renderProgram(calls));
  return { file, program, vectors: vectors.length, runs };
}

/** A mere difference is shown by the shortest vector already. */
function isWorthIt({ kind }: Finding): boolean {
  return kind === "splat" || isStop(kind);
}
