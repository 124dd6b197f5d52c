import type { ChangedFile } from "../../tools/lib/patch/parse-files.ts";
import type { ReviewedPatch } from "../context.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

/** Fewer equal lines are chance: braces, returns, includes. */
const FEWEST_MOVED = 12;
const SHORTEST_LINE = 8;
/** A move takes its declarations along, and that costs some lines. */
const MOST_EDITED = 0.25;

/** A patch that moves code does not change it at the same time. */
export const s22MoveWithoutEdits = defineTextRule({
  id: "s22-move-without-edits",
  title: "a patch that moves code from one file to another does nothing else",
  why: "nobody sees a changed line among two hundred that only moved",
  source: "Documentation/process/submitting-patches.rst",
  fix: "move the code in one patch and change it in the next",
  bad: "twenty lines moved, and six of them edited on the way",
  good: "one patch that moves, one that edits",
  inSeries({ patches }) {
    return patches.flatMap((mail): SightingIn[] => {
      const { moved, edited, line } = measureMove(mail);
      if (moved < FEWEST_MOVED || edited <= moved * MOST_EDITED) return [];
      const what = `moves ${moved} lines to another file and changes ${edited} at the same time`;
      return [{ mail, line, what, severity: "warning" }];
    });
  },
});

function measureMove({ parsed: { files } }: ReviewedPatch) {
  const removed = new Map<string, string>();
  for (const file of files) for (const text of longLines(file, "-")) removed.set(text, file.path);
  let moved = 0;
  let edited = 0;
  let line = files[0]?.line ?? 1;
  for (const file of files) {
    const lines = longLines(file, "+");
    const here = lines.filter((text) => {
      const from = removed.get(text);
      return from !== undefined && from !== file.path;
    }).length;
    if (here === 0) continue;
    if (here > moved) line = file.line;
    moved += here;
    edited += lines.length - here;
  }
  return { moved, edited, line };
}

function longLines(file: ChangedFile, kind: "+" | "-"): string[] {
  return file.hunks
    .flat()
    .filter((one) => one.kind === kind)
    .map(({ text }) => text.trim())
    .filter((text) => text.length >= SHORTEST_LINE);
}
