import { ERRNO } from "../abi/errno.ts";
import { isSince } from "../abi/stage.ts";
import { HBF_HINT_SIZE_VER0 } from "../abi/structs/hbf_hint.ts";
import type { IoctlCall } from "./calls.ts";
import type { CheckRow } from "./check-row.ts";
import { countHint, countRefused } from "./counters.ts";
import { type HintRequest, readHintRequest } from "./hint-request.ts";
import { encodeResults } from "./hint-results.ts";
import { answeringRows, meetsUnknown, WORK_STEP } from "./interpret.ts";
import type { Outcome } from "./outcome.ts";
import { carryOut, type Work } from "./pages/carry-out.ts";
import { carryOutRegion, carryOutUnknown } from "./pages/foreign.ts";
import { renderTrace } from "./render-trace.ts";
import type { OpenFile, State } from "./state.ts";
import { eventsOf, workEvents } from "./trace.ts";

/**
 * HINT, and every command that the kernel does not know: the table answers. Before the backend
 * (v3) nothing is written, so the argument comes back as it went in, and every hint is refused.
 */
export function stepHint(state: State, file: OpenFile, call: IoctlCall): readonly Outcome[] {
  const request = readHintRequest(state, file, call);
  const { bytes, readable } = request.buffer;
  const out = bytes.length <= readable ? bytes : bytes.subarray(0, readable);
  const rows = answeringRows(request);
  const refusing = rows.filter(({ step }) => step < WORK_STEP);
  const refused = refuse(state, file, { request, rows: refusing, out });
  return mayWork(request, rows) ? [...refused, ...work(state, file, request, rows, out)] : refused;
}

/** Whether a hint may get past all checks: none answers, or those that do may not apply. */
function mayWork(request: HintRequest, rows: readonly CheckRow[]): boolean {
  if (!isSince(request.state.machine.stage, "v3")) return false;
  const last = rows.at(-1);
  return last === undefined || last.step >= WORK_STEP || meetsUnknown(request, rows);
}

interface Refusal {
  readonly request: HintRequest;
  readonly rows: readonly CheckRow[];
  readonly out: Uint8Array;
}

function refuse(state: State, file: OpenFile, { request, rows, out }: Refusal): readonly Outcome[] {
  const [first] = rows;
  if (first === undefined) return [];
  // Where several rows may answer they are those of the scan, and count alike.
  const after = countRefused(state, file, request.op, first.step);
  if (state.trace !== null) {
    return rows.map((row) => {
      const trace = [...(state.trace ?? []), ...renderTrace(eventsOf(request, row))];
      return { ret: -ERRNO[row.errno], out, state: { ...after, trace } };
    });
  }
  if (rows.length === 1) return [{ ret: -ERRNO[first.errno], out, state: after }];
  const errnos = new Set(rows.map((row) => ERRNO[row.errno]));
  return [...errnos].map((errno) => ({ ret: -errno, out, state: after }));
}

/** Pages that moved stay where they are when the results can't be written. */
function work(
  state: State,
  file: OpenFile,
  request: HintRequest,
  rows: readonly CheckRow[],
  out: Uint8Array,
): readonly Outcome[] {
  const last = rows.at(-1);
  const ret = last === undefined || last.step < WORK_STEP ? 0 : -ERRNO[last.errno];
  return worksOf(state, request, rows).map(({ counts, state: worked }) => {
    const counted = countHint(worked, file, request.op, { errors: ret < 0 ? 1 : 0, counts });
    const events = state.trace === null ? [] : workEvents(request, ret, counts);
    const trace = state.trace === null ? null : [...state.trace, ...renderTrace(events)];
    const bytes = ret < 0 ? out : overlay(out, request, encodeResults(counts, request));
    return { ret, out: bytes, state: { ...counted, trace } };
  });
}

function worksOf(state: State, request: HintRequest, rows: readonly CheckRow[]): readonly Work[] {
  if (request.region !== null) return carryOutRegion(state, request);
  if (meetsUnknown(request, rows)) return carryOutUnknown(state, request);
  return carryOut(state, request);
}

/** What the caller has room for, of the results. */
function overlay(out: Uint8Array, { size }: HintRequest, results: Uint8Array): Uint8Array {
  const end = Math.min(size - HBF_HINT_SIZE_VER0, results.length);
  const room = Math.max(0, Math.min(end, out.length - HBF_HINT_SIZE_VER0));
  if (room === 0) return out;
  const bytes = out.slice();
  bytes.set(results.subarray(0, room), HBF_HINT_SIZE_VER0);
  return bytes;
}
