import {
  type BytePath,
  countParts,
  type FileChange,
  pathOf,
  showPath,
  type Unit,
} from "./change.ts";
import { rangesOf } from "./describe-parts.ts";
import type { DraftCommit, DraftItem } from "./render-plan.ts";
import { type Area, areaOf, folderOf } from "./sort-paths.ts";

/** What goes together: all of one area, and of core code all of one folder. */
interface Group {
  readonly area: Area;
  readonly folder: string;
  readonly items: DraftItem[];
  /** New files that it brings. */
  readonly created: BytePath[];
}

/**
 * A first plan by the order that kernel series usually have. It is complete: every change is taken
 * once. Messages are placeholders, the reasons are there to be judged and then deleted.
 *
 * @param subject of the commit that is split
 */
export function proposePlan(files: readonly FileChange[], subject: string): DraftCommit[] {
  const groups = new Map<string, Group>();
  const groupOf = (path: BytePath): Group => {
    const area = areaOf(path);
    const folder = area.perFolder ? folderOf(path) : "";
    const key = `${area.rank} ${folder}`;
    const found = groups.get(key) ?? { area, folder, items: [], created: [] };
    groups.set(key, found);
    return found;
  };
  for (const file of files.filter((one) => pathOf(one) !== "MAINTAINERS")) {
    const path = pathOf(file);
    const group = groupOf(path);
    if (file.old === undefined) group.created.push(path);
    group.items.push(...itemsOf(file, group.area.why));
  }
  const ordered = [...groups.values()].sort(
    (a, b) => a.area.rank - b.area.rank || (a.folder < b.folder ? -1 : 1),
  );
  for (const file of files.filter((one) => pathOf(one) === "MAINTAINERS")) {
    placeMaintainers(file, ordered);
  }
  return ordered.map((group) => draftOf(group, subject));
}

function draftOf({ area, folder, items }: Group, subject: string): DraftCommit {
  const prefix = /^tools\/testing\/(.+)/.exec(folder)?.[1] ?? folder.split("/").join(": ");
  const name = area.perFolder ? prefix : area.name;
  const message = `${name}: part of "${subject}"\n\n(say what this part does, and why)\n`;
  return { message, why: area.order, take: items };
}

/** A whole file by its path, when a glob can say it; else each change by its id. */
function itemsOf(file: FileChange, why: string): DraftItem[] {
  const shown = showPath(pathOf(file));
  const renamed = file.old !== undefined && file.old.path !== pathOf(file);
  if (!renamed && !/["*?]/.test(shown)) return [{ path: shown, why }];
  return file.units.map((unit) => ({ hunk: unit.id, why: `${shown}: ${why}` }));
}

/**
 * MAINTAINERS goes with the first new file; an added `F:` line with the files that it names, so
 * that it never names a file that is not there yet.
 */
function placeMaintainers(file: FileChange, groups: Group[]): void {
  const first = groups.find((group) => group.created.length > 0) ?? groups[0];
  if (first === undefined) {
    groups.push({
      area: areaOf("MAINTAINERS"),
      folder: "",
      items: itemsOf(file, "alone"),
      created: [],
    });
    return;
  }
  for (const unit of file.units) {
    const parts = new Map<Group, number[]>();
    for (let part = 0; part < countParts(unit); part += 1) {
      const named = fileNamedBy(unit, part);
      const group = groups.find(({ created }) => created.some((path) => named?.(path))) ?? first;
      parts.set(group, [...(parts.get(group) ?? []), part + 1]);
    }
    for (const [group, own] of parts) {
      const why =
        group === first ? "MAINTAINERS comes with the first new file" : "the F: line of this file";
      const lines = own.length === countParts(unit) ? {} : { lines: rangesOf(own) };
      group.items.push({ hunk: unit.id, ...lines, why });
    }
  }
}

/** The files that an added line `F: pattern` names. */
function fileNamedBy(unit: Unit, part: number): ((path: BytePath) => boolean) | undefined {
  if (unit.kind !== "hunk") return undefined;
  const line = unit.added[part - unit.removed.length];
  const name = /^F:\s+(\S+)/.exec(Buffer.from(line ?? []).toString("latin1"))?.[1];
  if (name === undefined) return undefined;
  return (path) => path === name || (name.endsWith("/") && path.startsWith(name));
}
