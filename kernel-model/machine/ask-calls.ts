import { isSince } from "../abi/stage.ts";
import type { AskCall } from "./calls.ts";
import { type Outcome, UnmodelledCallError } from "./outcome.ts";
import { PAGE_COUNTERS } from "./pages/page-counts.ts";
import { renderMaps } from "./render-maps.ts";
import type { OpCounters, State } from "./state.ts";

/** Bytes that the runner has room for in an answer; more is an error of the vector. */
export const ASK_ROOM = { trace: 4096, totals: 256, maps: 4096 } as const;

/** Members of struct hbf_stats_op. */
const ORDER = ["calls", "errors", "pages", ...PAGE_COUNTERS] as const;

/** What the kernel shows of itself, in the form that the runner writes down. */
export function stepAsk(state: State, { op }: AskCall): readonly Outcome[] {
  if (op === "maps") return answer(state, "maps", ascii(renderMaps(state)));
  if (!isSince(state.machine.stage, "v2")) {
    throw new UnmodelledCallError("before v2 there are no events and no sums");
  }
  if (op === "trace") {
    const lines = (state.trace ?? []).map((line) => `${line}\n`);
    return answer({ ...state, trace: [] }, "trace", ascii(lines.join("")));
  }
  return answer({ ...state, totalsAsked: state.totals }, "totals", totalsBytes(state));
}

function answer(state: State, op: AskCall["op"], out: Uint8Array): readonly Outcome[] {
  if (out.length > ASK_ROOM[op]) {
    throw new UnmodelledCallError(`an answer of ${out.length} bytes to ${op}`);
  }
  return [{ ret: 0, out, state }];
}

/**
 * The counters of hbf/stats in debugfs, each less what it was when a vector last asked, so nothing
 * the first time: eight u64 of the machine for each
 * operation, in the order of struct hbf_stats_op. No page is counted before v3.
 */
function totalsBytes({ totals, totalsAsked, machine }: State): Uint8Array {
  const bytes = new Uint8Array(ASK_ROOM.totals);
  const view = new DataView(bytes.buffer);
  const little = machine.platform.byteOrder === "little";
  totals.forEach((now: OpCounters, index) => {
    const before = (totalsAsked ?? totals)[index];
    ORDER.forEach((member, at) => {
      const more = BigInt(now[member] - (before?.[member] ?? 0));
      view.setBigUint64(index * 64 + at * 8, more, little);
    });
  });
  return bytes;
}

function ascii(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
