import type { Vma } from "./address-space.ts";
import { type HintRequest, rangeWraps } from "./hint-request.ts";
import {
  ADDRESS_SPACE_PAGES,
  ARENA_GUARD_PAGES,
  ARENA_PAGES,
  ARENA_START_PAGE,
  LOW_HOLE_PAGES,
  TASK_SIZE_PAGES,
} from "./params.ts";

/**
 * What the range of a HINT meets, piece by piece.
 *
 * `unknown` is user address space outside the arena: the runner's own mappings and the holes
 * between them, which the model doesn't predict.
 */
export type SegmentKind = "vma" | "hole" | "beyond-task-size" | "unknown";

export interface Segment {
  readonly kind: SegmentKind;
  readonly vma: Vma | null;
}

const BEYOND: Segment = { kind: "beyond-task-size", vma: null };
const HOLE: Segment = { kind: "hole", vma: null };
const UNKNOWN: Segment = { kind: "unknown", vma: null };

const REGIONS: readonly { readonly end: number; readonly segment: Segment }[] = [
  { end: LOW_HOLE_PAGES, segment: HOLE },
  { end: ARENA_START_PAGE - ARENA_GUARD_PAGES, segment: UNKNOWN },
  { end: ARENA_START_PAGE + ARENA_PAGES + ARENA_GUARD_PAGES, segment: HOLE },
  { end: TASK_SIZE_PAGES, segment: UNKNOWN },
  { end: ADDRESS_SPACE_PAGES, segment: BEYOND },
];

/**
 * The pieces of a request's range, ascending; none for an empty one. A range that is not page
 * aligned is widened to whole pages, one that wraps ends at the top of the address space.
 */
export function segmentsOf(request: HintRequest): readonly Segment[] {
  const end = endPage(request);
  const segments: Segment[] = [];
  let page = request.startPage;
  if (page >= end) return segments;
  for (const vma of request.state.space) {
    if (vma.end <= page) continue;
    if (vma.start >= end) break;
    if (vma.start > page) pushUnmapped(segments, page, vma.start);
    segments.push({ kind: "vma", vma });
    page = vma.end;
  }
  if (page < end) pushUnmapped(segments, page, end);
  return segments;
}

function endPage(request: HintRequest): number {
  if (rangeWraps(request)) return ADDRESS_SPACE_PAGES;
  const offsets = Math.ceil((request.startOffset + request.lenOffset) / 4096);
  return Math.min(request.startPage + request.lenPages + offsets, ADDRESS_SPACE_PAGES);
}

function pushUnmapped(segments: Segment[], start: number, end: number): void {
  let page = start;
  for (const region of REGIONS) {
    if (region.end <= page) continue;
    segments.push(region.segment);
    page = region.end;
    if (page >= end) return;
  }
}
