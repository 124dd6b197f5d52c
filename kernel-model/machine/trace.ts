import { ERRNO } from "../abi/errno.ts";
import { isSince } from "../abi/stage.ts";
import { findAnswerCommand } from "./answer-commands.ts";
import type { IoctlCall } from "./calls.ts";
import type { CheckRow } from "./check-row.ts";
import { COPY_STEP } from "./counters.ts";
import { fileAt } from "./file-calls.ts";
import { type HintRequest, readHintRequest } from "./hint-request.ts";
import { answeringRows } from "./interpret.ts";
import { UnmodelledCallError } from "./outcome.ts";
import { NO_COUNTS, type PageCounts } from "./pages/page-counts.ts";
import type { State } from "./state.ts";
import { readU64 } from "./user-buffer.ts";

/** An event of the trace system hbf, without tgid and duration, which the model can't tell. */
export type TraceEvent =
  | {
      readonly event: "hbf_hint_enter";
      readonly op: number;
      readonly flags: bigint;
      readonly start: bigint;
      readonly len: bigint;
      readonly targetNid: number;
      readonly userTag: bigint;
    }
  | {
      readonly event: "hbf_hint_reject";
      readonly op: number;
      /** Of the order of checks. */
      readonly step: number;
      /** Minus an errno. */
      readonly err: number;
      readonly userTag: bigint;
    }
  | {
      readonly event: "hbf_hint_exit";
      readonly op: number;
      /** As the system call returns it. */
      readonly ret: number;
      readonly userTag: bigint;
      readonly counts: PageCounts;
    };

/**
 * The events that an ioctl may leave before there is a backend: one list unless the kernel has a
 * choice.
 *
 * A hint that could not be read has a reject only, with op and tag zero, and so has an unknown
 * command; any other has an enter, a reject and an exit. CAPS, STATS and a closed slot have none.
 *
 * mm/hbf.c:hbf_ioctl_hint
 */
export function tracesOf(state: State, call: IoctlCall): readonly (readonly TraceEvent[])[] {
  const { stage } = state.machine;
  const file = fileAt(state, call.slot);
  const isSilent =
    file === null || file.other !== undefined || findAnswerCommand(call.cmd, stage) !== undefined;
  if (isSilent || !isSince(stage, "v2")) return [[]];
  const request = readHintRequest(state, file, call);
  return answeringRows(request).map((row) => eventsOf(request, row));
}

/** The events of a HINT that `row` answers; none before v2. */
export function eventsOf(request: HintRequest, row: CheckRow): readonly TraceEvent[] {
  if (!isSince(request.state.machine.stage, "v2")) return [];
  const err = -ERRNO[row.errno];
  if (row.step <= COPY_STEP) {
    return [{ event: "hbf_hint_reject", op: 0, step: row.step, err, userTag: 0n }];
  }
  if (request.region !== null) {
    throw new UnmodelledCallError("only the runner knows where a mapping of the process is");
  }
  const enter = enterEvent(request);
  const { op, userTag } = enter;
  return [
    enter,
    { event: "hbf_hint_reject", op, step: row.step, err, userTag },
    { event: "hbf_hint_exit", op, ret: err, userTag, counts: NO_COUNTS },
  ];
}

/** The events of a HINT that was carried out, whatever `ret` says of its results. */
export function workEvents(
  request: HintRequest,
  ret: number,
  counts: PageCounts,
): readonly TraceEvent[] {
  if (request.region !== null) {
    throw new UnmodelledCallError("only the runner knows where a mapping of the process is");
  }
  const enter = enterEvent(request);
  const { op, userTag } = enter;
  return [enter, { event: "hbf_hint_exit", op, ret, userTag, counts }];
}

function enterEvent(request: HintRequest): Extract<TraceEvent, { event: "hbf_hint_enter" }> {
  const { op, targetNid, buffer, state } = request;
  const u64 = (offset: number): bigint =>
    readU64(buffer.bytes, offset, state.machine.platform.byteOrder);
  return {
    ...{ event: "hbf_hint_enter", op, targetNid },
    ...{ flags: u64(8), start: u64(16), len: u64(24), userTag: u64(40) },
  };
}
