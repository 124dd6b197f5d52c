import type { Vma } from "./address-space.ts";
import { type HintRequest, rangeWraps } from "./hint-request.ts";
import type { PageGeometry } from "./page-geometry.ts";
import { ARENA_GUARD_PAGES, ARENA_PAGES } from "./params.ts";
import { untagPage } from "./platform.ts";
import { type ProcessRegion, REGION_VMAS } from "./process-regions.ts";

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

type Regions = readonly { readonly end: number; readonly segment: Segment }[];

/** What is not mapped by a vector, for a caller of 64 bits and for one of 32. */
function regionsOf(pages: PageGeometry, taskSizePages: number): Regions {
  return [
    { end: pages.lowHolePages, segment: HOLE },
    { end: pages.arenaStart - ARENA_GUARD_PAGES, segment: UNKNOWN },
    { end: pages.arenaStart + ARENA_PAGES + ARENA_GUARD_PAGES, segment: HOLE },
    { end: taskSizePages, segment: UNKNOWN },
    { end: pages.addressSpacePages, segment: BEYOND },
  ];
}

const REGIONS = new WeakMap<PageGeometry, { readonly wide: Regions; readonly compat: Regions }>();

function regionsFor(pages: PageGeometry, compat: boolean): Regions {
  const known = REGIONS.get(pages);
  if (known !== undefined) return compat ? known.compat : known.wide;
  const wide = regionsOf(pages, pages.taskSizePages);
  REGIONS.set(pages, { wide, compat: regionsOf(pages, pages.compatTaskSizePages) });
  return regionsFor(pages, compat);
}

/**
 * The pieces of a request's range, ascending; none for an empty one. A range that is not page
 * aligned is widened to whole pages, one that wraps ends at the top of the address space.
 */
export function segmentsOf(request: HintRequest): readonly Segment[] {
  if (request.region !== null) return [regionSegment(request, request.region)];
  const { machine, compat } = request.state;
  const regions = regionsFor(machine.pages, compat);
  const segments: Segment[] = [];
  let page = untagPage(request.startPage, machine.platform);
  const end = endPage(request, page);
  if (page >= end) return segments;
  for (const vma of request.state.space) {
    if (vma.end <= page) continue;
    if (vma.start >= end) break;
    if (vma.start > page) pushUnmapped(regions, segments, page, vma.start);
    segments.push({ kind: "vma", vma });
    page = vma.end;
  }
  if (page < end) pushUnmapped(regions, segments, page, end);
  return segments;
}

/** The model knows one page of each mapping that a process has from the kernel. */
function regionSegment(request: HintRequest, region: ProcessRegion): Segment {
  const { startPage, startOffset, lenPages, lenOffset } = request;
  const isInside = startPage === 0 && lenPages === 1 && startOffset === 0 && lenOffset === 0;
  return isInside ? { kind: "vma", vma: REGION_VMAS[region] } : UNKNOWN;
}

function endPage(request: HintRequest, startPage: number): number {
  const { addressSpacePages, pageSize } = request.state.machine.pages;
  if (rangeWraps(request)) return addressSpacePages;
  const offsets = Math.ceil((request.startOffset + request.lenOffset) / pageSize);
  return Math.min(startPage + request.lenPages + offsets, addressSpacePages);
}

function pushUnmapped(regions: Regions, segments: Segment[], start: number, end: number): void {
  let page = start;
  for (const region of regions) {
    if (region.end <= page) continue;
    segments.push(region.segment);
    page = region.end;
    if (page >= end) return;
  }
}
