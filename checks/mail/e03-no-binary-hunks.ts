import { defineTextRule } from "../text-rule.ts";

/** No patch changes a binary file. */
export const e03NoBinaryHunks = defineTextRule({
  id: "e03-no-binary-hunks",
  title: "no patch has a binary hunk",
  why: "nobody can review a binary change in a mail",
  source: "Documentation/process/submitting-patches.rst",
  fix: "leave the file out, or have the build make it from a text",
  bad: "GIT binary patch",
  good: "a text from which the build makes the file",
  *inMail({ parsed: { files } }) {
    for (const { binary, path, line } of files) {
      if (binary) yield { line, what: `'${path}' is changed as a binary` };
    }
  },
});
