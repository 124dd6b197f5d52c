import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import { defineTextRule } from "../text-rule.ts";

/** Scripts alone are executable. */
export const l06FileModes = defineTextRule({
  id: "l06-file-modes",
  title: "only scripts are executable, and nothing is a symbolic link",
  why: "a source file with an execute bit is a mistake, and a script without one can't be run",
  source: "scripts/checkpatch.pl (EXECUTE_PERMISSIONS)",
  fix: "git update-index --chmod=-x (or +x) in the commit, then export",
  bad: "new file mode 100755 for a .c file",
  good: "new file mode 100644",
  *inMail({ parsed: { files } }) {
    for (const file of files) {
      const { newMode: mode, path, line } = file;
      if (mode === undefined || mode === "100644") continue;
      const isScript =
        addedLines(file)[0]?.text.startsWith("#!") === true ||
        (file.status !== "added" && /\.(?:sh|py|pl)$/.test(path));
      if (mode === "100755" && isScript) continue;
      yield { line: line + 1, what: `'${path}' gets mode ${mode}` };
    }
  },
});
