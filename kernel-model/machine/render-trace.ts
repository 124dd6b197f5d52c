import { HINT_OP_NAMES } from "../abi/hint-ops.ts";
import { PAGE_COUNTERS, type PageCounts } from "./pages/page-counts.ts";
import type { TraceEvent } from "./trace.ts";

/**
 * Events as lines of the trace, as the runner writes them down: without the task, the time, the
 * tgid and the duration. include/trace/events/hbf.h
 */
export function renderTrace(events: readonly TraceEvent[]): readonly string[] {
  return events.map((event) => `${event.event}: op=${opName(event.op)} ${membersOf(event)}`);
}

function membersOf(event: TraceEvent): string {
  const tag = `user_tag=${hex(event.userTag)}`;
  switch (event.event) {
    case "hbf_hint_enter": {
      const range = `flags=${hex(event.flags)} start=${hex(event.start)} len=${hex(event.len)}`;
      return `${range} target_nid=${event.targetNid} ${tag}`;
    }
    case "hbf_hint_reject":
      return `step=${event.step} err=${event.err} ${tag}`;
    case "hbf_hint_exit":
      return `ret=${event.ret} ${countsOf(event.counts)} ${tag}`;
  }
}

function countsOf(counts: PageCounts): string {
  const parts = PAGE_COUNTERS.map((counter) => `${counter}=${counts[counter]}`);
  return [`pages=${counts.pages}`, ...parts].join(" ");
}

/** include/linux/trace_events.h:__print_symbolic: a number that has no name is hexadecimal. */
function opName(op: number): string {
  return HINT_OP_NAMES[op - 1]?.toUpperCase() ?? `0x${op.toString(16)}`;
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}
