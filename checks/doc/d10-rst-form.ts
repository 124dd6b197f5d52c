import { addedLines, type ChangedFile, newSides } from "../../tools/lib/patch/parse-files.ts";
import { defineTextRule, type Sighting } from "../text-rule.ts";

const ADORNMENT = /^([=\-~^"'#*+.`])\1{2,}$/;

/** reStructuredText has its licence in the first line and titles with whole underlines. */
export const d10RstForm = defineTextRule({
  id: "d10-rst-form",
  title: ".rst files begin with SPDX, and underlines are as long as their titles",
  why: "Sphinx warns of a short underline, and every file names its licence",
  source: "Documentation/doc-guide/sphinx.rst",
  fix: "make the underline as long as the title, and the first line '.. SPDX-License-Identifier:'",
  bad: "Title\n===",
  good: "Title\n=====",
  *inMail({ parsed: { files } }) {
    for (const file of files.filter(({ path }) => path.endsWith(".rst"))) {
      const [first] = addedLines(file);
      if (file.status === "added" && !first?.text.startsWith(".. SPDX-License-Identifier: ")) {
        yield { line: first?.line ?? file.line, what: `'${file.path}' does not begin with SPDX` };
      }
      yield* checkTitles(file);
    }
  },
});

function* checkTitles(file: ChangedFile): Generator<Sighting> {
  for (const lines of newSides(file)) {
    for (const [at, { kind, text, line }] of lines.entries()) {
      const title = (lines[at - 1]?.text ?? "").trimEnd();
      const before = lines[at - 2]?.text ?? "";
      const isTitle = /^\S/.test(title) && !ADORNMENT.test(title) && !/^(?:\.\.|[=+|])/.test(title);
      // A title stands after an empty line, or below an overline of its own.
      const opens = at < 2 || before === "" || before === text;
      if (kind !== "+" || !ADORNMENT.test(text) || !isTitle || !opens) continue;
      if ([...text].length >= [...title].length) continue;
      yield { line, what: `the underline is shorter than the title '${title}'` };
    }
  }
}
