import { ToolError } from "../error.ts";
import { type GuestOutput, type GuestRun, runGuest } from "./run-guest.ts";
import {
  dropSnapshot,
  findSnapshot,
  obtainSnapshot,
  type Snapshot,
  type SnapshotKey,
} from "./snapshot.ts";

/** A guest, and where its snapshots are kept. */
export interface BootRequest {
  readonly guest: GuestRun;
  /** Undefined: always boot cold. */
  readonly snapshots: SnapshotKey | undefined;
  /** Whether a snapshot is worth making now when there is none, as more guests will follow. */
  readonly makeSnapshot: boolean;
  readonly onProgress?: (line: string) => void;
}

/** A state is read in well under a second, also on a busy machine. */
const RESTORE_LIMIT_MS = 15_000;

/**
 * Starts a guest from its snapshot if there is one, and cold otherwise. A snapshot that does not
 * come up is removed, and the guest is booted cold: what a vector shows never depends on it.
 */
export async function bootGuest(request: BootRequest): Promise<GuestOutput> {
  const { guest, onProgress } = request;
  const snapshot = await snapshotFor(request);
  if (snapshot === undefined) return await runGuest(guest);
  const limits = { ...guest.limits, bootMs: RESTORE_LIMIT_MS };
  const output = await runGuest({ ...guest, limits, snapshot, dir: `${guest.dir}-restored` });
  const { state } = output.progress;
  if (state !== "started" && state !== "none") return output;
  const why = output.qemuError === "" ? output.ending : output.qemuError;
  onProgress?.(`the guest's snapshot does not come up (${why}); booting it cold`);
  await dropSnapshot(snapshot);
  return await runGuest(guest);
}

async function snapshotFor(request: BootRequest): Promise<Snapshot | undefined> {
  const { guest, snapshots, makeSnapshot, onProgress } = request;
  if (snapshots === undefined || guest.channel === "serial") return undefined;
  try {
    if (!makeSnapshot) return await findSnapshot(guest, snapshots);
    return await obtainSnapshot(guest, snapshots);
  } catch (error) {
    if (!(error instanceof ToolError) || error.code === "interrupted") throw error;
    if (error.kind !== "infra") throw error;
    onProgress?.(`no snapshot of the guest (${error.message}); booting it cold`);
    return undefined;
  }
}
