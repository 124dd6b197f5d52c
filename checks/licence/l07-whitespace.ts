import type { ChangedFile } from "../../tools/lib/patch/parse-files.ts";
import { defineTextRule, type Sighting } from "../text-rule.ts";

const MARKS: readonly (readonly [RegExp, string])[] = [
  [/[ \t\r]+$/, "trailing whitespace"],
  [/^\t* +\t/, "space before a tab in the indent"],
  [/^(?:<{7}|>{7}|\|{7})(?: |$)|^={7}$/, "a conflict marker is left"],
];

/** What `git diff --check` finds, with the line of the patch. */
export const l07Whitespace = defineTextRule({
  id: "l07-whitespace",
  title: "no whitespace errors and no conflict markers in added lines",
  why: "whitespace errors make needless noise, and git am complains about each of them",
  source: "Documentation/process/submitting-patches.rst",
  fix: "git diff --check BASE, then mend the commit that adds the line",
  bad: "int a; (with a space behind it)",
  good: "int a;",
  *inMail({ parsed: { files } }) {
    for (const file of files) yield* checkFile(file);
  },
});

function* checkFile(file: ChangedFile): Generator<Sighting> {
  // A line of seven '=' underlines a title in these.
  const isText = /\.(?:rst|txt|md)$/.test(file.path);
  for (const { kind, text, line } of file.hunks.flat()) {
    if (kind !== "+") continue;
    const mark = MARKS.find(([pattern]) => pattern.test(text));
    if (mark === undefined || (isText && text === "=======")) continue;
    yield { line, column: (mark[0].exec(text)?.index ?? 0) + 2, what: mark[1] };
  }
  const last = file.hunks.at(-1)?.at(-1);
  if (last?.kind === "+" && last.text === "") {
    yield { line: last.line, what: "empty line at the end of the file" };
  }
}
