import type { PlanItem } from "../config/split-plan-schema.ts";
import { countParts, type FileChange, type Hunk, pathOf, toBytePath } from "./change.ts";
import { findDefinitions } from "./find-definition.ts";
import { matchGlob } from "./match-glob.ts";
import { matchPattern } from "./match-pattern.ts";

/** Longer lines are cut for looking at: no definition or sensible match is further right. */
const LINE_BYTES = 16_384;

/** One line of a hunk, or a whole change, by indices into the list of files. */
export interface Part {
  readonly file: number;
  readonly unit: number;
  readonly part: number;
}

/** What an item of a plan names, apart from `rest`. @throws Error in words when it cannot be */
export function selectParts(item: PlanItem, files: readonly FileChange[]): Part[] {
  if (item.hunk !== undefined) return selectHunk(item.hunk, item.lines, files);
  if (item.symbol !== undefined) return selectSymbol(item.symbol, item.path, files);
  if (item.pattern !== undefined) return selectPattern(item, item.pattern, files);
  if (item.path === undefined) return [];
  return filesOf(item.path, files).flatMap((file) => partsOfFile(files, file));
}

/** All parts of one file. */
export function partsOfFile(files: readonly FileChange[], file: number): Part[] {
  return (files[file]?.units ?? []).flatMap((one, unit) =>
    Array.from({ length: countParts(one) }, (_, part) => ({ file, unit, part })),
  );
}

/** Indices of the files of which a glob matches the old or the new path; no globs: all files. */
export function filesOf(
  globs: readonly string[] | undefined,
  files: readonly FileChange[],
): number[] {
  const wanted = globs?.map(toBytePath);
  return [...files.keys()].filter((at) => {
    const file = files[at];
    if (file === undefined || wanted === undefined) return wanted === undefined;
    const paths = [file.old?.path, pathOf(file)];
    return wanted.some((glob) => paths.some((path) => path !== undefined && matchGlob(glob, path)));
  });
}

function selectHunk(id: string, lines: PlanItem["lines"], files: readonly FileChange[]): Part[] {
  for (const [file, change] of files.entries()) {
    const unit = change.units.findIndex((one) => one.id === id);
    const found = change.units[unit];
    if (found === undefined) continue;
    const count = countParts(found);
    const ranges = lines ?? [{ first: 1, last: count }];
    const beyond = ranges.find(({ last }) => last > count);
    if (beyond !== undefined) {
      throw new Error(`line ${beyond.last} is beyond the ${count} lines of change '${id}'`);
    }
    return ranges.flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, at) => ({ file, unit, part: first - 1 + at })),
    );
  }
  throw new Error(`no change has the id '${id}': it is stale, or of other commits`);
}

function selectSymbol(
  symbol: string,
  globs: readonly string[] | undefined,
  files: readonly FileChange[],
): Part[] {
  return filesOf(globs, files).flatMap((file) => {
    const change = files[file];
    if (change === undefined) return [];
    const spans = findDefinitions(change.newLines.map(textOf), symbol);
    return hunksOf(change).flatMap(([hunk, unit]) =>
      [...hunk.added.keys()]
        .filter((at) => spans.some((span) => within(hunk.newStart + at, span)))
        .map((at) => ({ file, unit, part: hunk.removed.length + at })),
    );
  });
}

function within(line: number, span: { readonly first: number; readonly last: number }): boolean {
  return span.first <= line && line <= span.last;
}

function selectPattern(item: PlanItem, pattern: string, files: readonly FileChange[]): Part[] {
  const where = filesOf(item.path, files).flatMap((file) =>
    hunksOf(files[file]).map(([hunk, unit]) => ({ file, unit, hunk })),
  );
  const lines = where.flatMap(({ file, unit, hunk }) =>
    [...hunk.removed, ...hunk.added].map((line, part) => ({
      file,
      unit,
      part,
      text: textOf(line),
    })),
  );
  const matches = matchPattern(
    pattern,
    lines.map((line) => line.text),
  );
  const taken = new Set<number>();
  for (const match of matches) {
    const hit = lines[match];
    for (let at = match - (item.above ?? 0); at <= match + (item.below ?? 0); at += 1) {
      const line = lines[at];
      if (line !== undefined && line.file === hit?.file && line.unit === hit.unit) taken.add(at);
    }
  }
  return [...taken]
    .flatMap((at) => lines[at] ?? [])
    .map(({ file, unit, part }) => ({ file, unit, part }));
}

function hunksOf(change: FileChange | undefined): [Hunk, number][] {
  return (change?.units ?? []).flatMap((unit, at): [Hunk, number][] =>
    unit.kind === "hunk" ? [[unit, at]] : [],
  );
}

/** A line for a pattern to look at, without its line end; bytes that are not UTF-8 are replaced. */
function textOf(line: Uint8Array): string {
  const text = Buffer.from(line.subarray(0, LINE_BYTES)).toString("utf8");
  return text.replace(/\r?\n$/, "");
}
