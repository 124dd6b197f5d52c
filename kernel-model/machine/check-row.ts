import type { ErrnoName } from "../abi/errno.ts";
import type { Stage } from "../abi/stage.ts";
import type { AnswerRequest } from "./answer-request.ts";
import type { FileRequest } from "./file-request.ts";
import type { HintRequest } from "./hint-request.ts";
import type { Segment } from "./segments.ts";

interface RowText {
  /** Step number of the interface's table; rows of one step share it. */
  readonly step: number;
  /** Kebab-case, stable. */
  readonly id: string;
  /** What has to be true for the row to answer, as a phrase. */
  readonly condition: string;
  readonly errno: ErrnoName;
  /** Where the kernel does it or what it follows: `path:symbol`, at the base version. */
  readonly source: string;
  readonly since: Stage;
  /** The last stage that has the row. */
  readonly until?: Stage;
  /** Why userspace can't see the row; the model and the vectors leave it out. */
  readonly unobservable?: string;
}

/** A row about the file, answered by the VFS. */
export interface FileRow extends RowText {
  readonly phase: "file";
  readonly matches: (request: FileRequest) => boolean;
}

/** A row about the request of a HINT. */
export interface RequestRow extends RowText {
  readonly phase: "request";
  readonly matches: (request: HintRequest) => boolean;
}

/**
 * A row of the VMA scan. The rows of the scan are asked together for one segment of the range
 * after the other, ascending: the first segment with a problem answers.
 */
export interface ScanRow extends RowText {
  readonly phase: "scan";
  readonly matches: (segment: Segment, request: HintRequest) => boolean;
}

/** A row about the request of a CAPS or STATS. */
export interface AnswerRow extends RowText {
  readonly phase: "answer";
  readonly matches: (request: AnswerRequest) => boolean;
  /** Whether a part of the answer may have been written. */
  readonly writes: boolean;
}

/** One row of the order of checks. */
export type CheckRow = FileRow | RequestRow | ScanRow | AnswerRow;
