import type { Owners } from "./assign-plan.ts";
import { type FileChange, pathOf, showPath } from "./change.ts";

/** An added line with the commit that takes it. */
interface AddedLine {
  readonly text: string;
  readonly owner: number;
  /** `path:line` in the new file. */
  readonly place: string;
}

const LINE_BYTES = 1_000;
const CODE = /\.[chS]$/;
const DEFINITIONS = [
  /^#\s*define\s+(\w+)/,
  /^(?:\w+\s+)*(?:struct|union|enum)\s+(\w+)\s*\{/,
  /^(?:[A-Za-z_][\w\s*]*[\s*])?(\w+)\([^;]*$/,
];
const WORD = /[A-Za-z_]\w{2,}/g;
const STATEMENTS = new Set(["if", "for", "while", "switch", "return", "sizeof", "do", "else"]);

/**
 * Lines of code that use what only a later commit adds: a function, type or macro, or the source of
 * an object file. The split can be made, but the commit may not build; whether it does is for a
 * build to say, this says where to look first.
 *
 * @param owners every part has an owner
 */
export function findEarlyUses(files: readonly FileChange[], owners: Owners): string[] {
  const code = files.flatMap((file, at) =>
    CODE.test(pathOf(file)) ? addedLines(file, owners[at] ?? []) : [],
  );
  const makefiles = files.flatMap((file, at) =>
    /(?:^|\/)(?:Makefile|Kbuild)$/.test(pathOf(file))
      ? objectUses(file, addedLines(file, owners[at] ?? []), files, owners)
      : [],
  );
  const defined = new Map<string, AddedLine>();
  for (const line of code) {
    const name = definedBy(line.text);
    const before = name === undefined ? undefined : defined.get(name);
    // The first commit that has a definition is enough: a declaration may be moved later.
    if (name !== undefined && !(before && before.owner <= line.owner)) defined.set(name, line);
  }
  const uses = new Map<string, string>();
  for (const line of code) {
    if (isComment(line.text)) continue;
    for (const [word] of line.text.matchAll(WORD)) {
      const definition = defined.get(word);
      if (definition === undefined || definition.owner <= line.owner) continue;
      const key = `${word} ${line.owner}`;
      const words = `commit ${line.owner + 1} uses '${word}' (${line.place})`;
      uses.set(key, uses.get(key) ?? `${words}, which commit ${definition.owner + 1} adds`);
    }
  }
  return [...uses.values(), ...makefiles];
}

function addedLines(file: FileChange, owners: Owners[number]): AddedLine[] {
  return file.units.flatMap((unit, index) =>
    unit.kind !== "hunk"
      ? []
      : unit.added.map((line, at) => ({
          text: Buffer.from(line.subarray(0, LINE_BYTES)).toString("latin1").trimEnd(),
          owner: owners[index]?.[unit.removed.length + at] ?? 0,
          place: `${showPath(pathOf(file))}:${unit.newStart + at + 1}`,
        })),
  );
}

function definedBy(text: string): string | undefined {
  const name = DEFINITIONS.map((pattern) => pattern.exec(text)?.[1]).find(Boolean);
  return name !== undefined && !STATEMENTS.has(name) ? name : undefined;
}

function isComment(text: string): boolean {
  return /^\s*(?:\/\*|\*|\/\/)/.test(text);
}

/** Lines of a Makefile that name an object whose new source file comes later. */
function objectUses(
  makefile: FileChange,
  lines: readonly AddedLine[],
  files: readonly FileChange[],
  owners: Owners,
): string[] {
  const folder = pathOf(makefile).replace(/[^/]*$/, "");
  return lines.flatMap((line) =>
    [...line.text.matchAll(/([\w-]+)\.o\b/g)].flatMap(([, name]) => {
      const at = files.findIndex((file) => pathOf(file) === `${folder}${name}.c`);
      const comes = files[at]?.old === undefined ? firstOwner(owners[at]) : undefined;
      if (comes === undefined || comes <= line.owner) return [];
      const words = `commit ${line.owner + 1} builds '${name}.o' (${line.place})`;
      return [`${words}, whose source commit ${comes + 1} adds`];
    }),
  );
}

function firstOwner(owners: Owners[number] | undefined): number | undefined {
  const all = owners?.map((unit) => unit.reduce((least, one) => Math.min(least, one)));
  return all === undefined || all.length === 0 ? undefined : Math.min(...all);
}
