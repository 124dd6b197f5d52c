import { ERRNO } from "../abi/errno.ts";
import type { IoctlCall } from "./calls.ts";
import { readHintRequest } from "./hint-request.ts";
import { answeringRows } from "./interpret.ts";
import { type Outcome, UnmodelledCallError } from "./outcome.ts";
import type { OpenFile, State } from "./state.ts";

/**
 * HINT, and every command that the kernel does not know: the table answers. Before the backend
 * (v3) nothing is written, so the argument comes back as it went in.
 */
export function stepHint(state: State, file: OpenFile, call: IoctlCall): readonly Outcome[] {
  const request = readHintRequest(state, file, call);
  const { bytes, readable } = request.buffer;
  const out = bytes.length <= readable ? bytes : bytes.subarray(0, readable);
  const rows = answeringRows(request);
  const [only] = rows;
  if (rows.length === 1 && only !== undefined) return [{ ret: -ERRNO[only.errno], out, state }];
  if (rows.length === 0) throw new UnmodelledCallError("a valid HINT with a backend");
  const errnos = new Set(rows.map((row) => ERRNO[row.errno]));
  return [...errnos].map((errno) => ({ ret: -errno, out, state }));
}
