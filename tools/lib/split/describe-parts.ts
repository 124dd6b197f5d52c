import { countParts, type FileChange, pathOf, showPath, type Unit } from "./change.ts";
import type { Part } from "./select-parts.ts";

/** Names parts for people: `mm/hbf.c 3f2a91bc04de lines 1-4, 9; MAINTAINERS 00aa…`. */
export function describeParts(files: readonly FileChange[], parts: readonly Part[]): string {
  return groupParts(parts)
    .map((group) => describeGroup(files, group))
    .join("; ");
}

/** Parts of the same hunk or change together, in the order in which they are met first. */
export function groupParts(parts: readonly Part[]): Part[][] {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const key = `${part.file} ${part.unit}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [part]);
    else group.push(part);
  }
  return [...groups.values()];
}

function describeGroup(files: readonly FileChange[], group: readonly Part[]): string {
  const [first] = group;
  const file = files[first?.file ?? -1];
  const unit = file?.units[first?.unit ?? -1];
  if (file === undefined || unit === undefined) return "nothing";
  const name = `${showPath(pathOf(file))} ${unit.id}`;
  if (unit.kind !== "hunk") return `${name} (${unit.kind})`;
  if (group.length === countParts(unit)) return `${name} (${sizeWords(unit)})`;
  return `${name} lines ${rangesOf(group.map((part) => part.part + 1))}`;
}

/** The size of a hunk as `+3 -1`, or what else a change is. */
export function sizeWords(unit: Unit): string {
  if (unit.kind !== "hunk") return unit.kind;
  const sizes = [
    ...(unit.added.length > 0 ? [`+${unit.added.length}`] : []),
    ...(unit.removed.length > 0 ? [`-${unit.removed.length}`] : []),
  ];
  return sizes.join(" ");
}

/** Ascending numbers as ranges: 1, 2, 3, 7 is `1-3, 7`. */
export function rangesOf(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const one of [...numbers].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && one <= last[1] + 1) last[1] = one;
    else ranges.push([one, one]);
  }
  return ranges
    .map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
    .join(", ");
}
