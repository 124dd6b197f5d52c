import { ERRNO } from "../abi/errno.ts";
import type { IoctlCall } from "./calls.ts";
import { countRefused } from "./counters.ts";
import { readHintRequest } from "./hint-request.ts";
import { answeringRows } from "./interpret.ts";
import { type Outcome, UnmodelledCallError } from "./outcome.ts";
import { renderTrace } from "./render-trace.ts";
import type { OpenFile, State } from "./state.ts";
import { eventsOf } from "./trace.ts";

/**
 * HINT, and every command that the kernel does not know: the table answers. Before the backend
 * (v3) nothing is written, so the argument comes back as it went in, and every hint is refused.
 */
export function stepHint(state: State, file: OpenFile, call: IoctlCall): readonly Outcome[] {
  const request = readHintRequest(state, file, call);
  const { bytes, readable } = request.buffer;
  const out = bytes.length <= readable ? bytes : bytes.subarray(0, readable);
  const rows = answeringRows(request);
  const [first] = rows;
  if (first === undefined) throw new UnmodelledCallError("a valid HINT with a backend");
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
