import { type ContentStore, contentKey } from "../fs/content-store.ts";
import type { CheckpatchInput, CheckpatchReport } from "./run-checkpatch.ts";
import { bytesOf, CHECKPATCH_FLAGS } from "./run-checkpatch.ts";

export interface RememberedRequest {
  readonly patches: readonly CheckpatchInput[];
  /** Hashes of everything beside the patches that decides: files of the tree and the machine. */
  readonly toolKey: readonly string[];
  readonly store: ContentStore;
  /** What was answered in this run, which is believed in any case. */
  readonly made: Map<string, CheckpatchReport>;
  /** False to ask again whatever is remembered (`--no-cache`). */
  readonly trusted: boolean;
  /** How many processes may run at once. */
  readonly processes: number;
  /** Asks checkpatch, one process a share; called only when there is something to ask. */
  readonly run: (
    shares: readonly (readonly CheckpatchInput[])[],
  ) => Promise<readonly (readonly CheckpatchReport[])[]>;
}

/** Findings that hang on which commits the repository has; they are looked for each time. */
const OF_REPOSITORY = ["UNKNOWN_COMMIT_ID", "GIT_COMMIT_ID", "BAD_FIXES_TAG"];

/**
 * What checkpatch says of each patch, in order: from the store where neither patch nor checkpatch
 * changed, and of the others from as many processes as asked for.
 */
export async function rememberedCheckpatch(
  request: RememberedRequest,
): Promise<CheckpatchReport[]> {
  const { patches, store, trusted } = request;
  const keys = patches.map((patch) =>
    contentKey(["checkpatch", ...CHECKPATCH_FLAGS, ...request.toolKey, bytesOf(patch)]),
  );
  const reports = await Promise.all(
    keys.map(async (key) => {
      return request.made.get(key) ?? (trusted ? parse(await store.readBytes(key)) : undefined);
    }),
  );
  const missing = patches.flatMap((patch, at) =>
    reports[at] === undefined ? [{ patch, at }] : [],
  );
  const shares = shareOut(missing, request.processes);
  if (shares.length === 0) return reports.flatMap((report) => report ?? []);
  const made = await request.run(shares.map((share) => share.map(({ patch }) => patch)));
  for (const [index, { at }] of shares.flat().entries()) {
    const report = made.flat()[index];
    const key = keys[at];
    if (report === undefined || key === undefined) throw new RangeError("a report is missing");
    reports[at] = report;
    request.made.set(key, report);
    const lasts = report.findings.every(({ type }) => !OF_REPOSITORY.includes(type));
    if (lasts) await store.writeBytes(key, JSON.stringify(report));
  }
  return reports.flatMap((report) => report ?? []);
}

/** Shares of about equal size, the largest patches first; at most one text is in any of them. */
export function shareOut<Item extends { readonly patch: CheckpatchInput }>(
  items: readonly Item[],
  count: number,
): Item[][] {
  const shares = Array.from({ length: Math.max(1, count) }, () => ({
    size: 0,
    items: [] as Item[],
  }));
  const largest = [...items].sort((a, b) => sizeOf(b) - sizeOf(a));
  for (const item of largest) {
    const [smallest] = shares.toSorted((a, b) => a.size - b.size);
    smallest?.items.push(item);
    if (smallest !== undefined) smallest.size += sizeOf(item);
  }
  return shares.map((share) => share.items).filter((share) => share.length > 0);
}

function sizeOf({ patch }: { readonly patch: CheckpatchInput }): number {
  return bytesOf(patch).length;
}

/** An entry that cannot be read counts as none. */
function parse(bytes: Uint8Array | undefined): CheckpatchReport | undefined {
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as CheckpatchReport;
  } catch {
    return undefined;
  }
}
