import { defineTextRule } from "../text-rule.ts";

/** What builds, editors and merges leave; from the kernel's top .gitignore. */
const SUFFIXES =
  "o a ko mod mod.c cmd d orig rej swp bak dwo gcno lst order symtypes symvers patch dtb pyc s i";
const NAMES = [
  "\\.config(?:\\.old)?",
  "tags",
  "TAGS",
  "cscope\\.[^/]*",
  "vmlinux",
  "modules\\.(?:order|builtin[^/]*|nsdeps)",
  "\\.tmp_[^/]*",
  "a\\.out",
];
const ENDINGS = SUFFIXES.replaceAll(".", "\\.").replaceAll(" ", "|");
const LEFT_OVER = new RegExp(`\\.(?:${ENDINGS})$|~$|(?:^|/)(?:${NAMES.join("|")})$`);

/** No file that a build, an editor or a merge leaves is added. */
export const l05NoGeneratedFiles = defineTextRule({
  id: "l05-no-generated-files",
  title: "no generated or left-over file is added",
  why: "what the build makes, or a merge left, does not belong in the history",
  source: "scripts/misc-check",
  fix: "git rm --cached the file in the commit that adds it",
  bad: "mm/hbf.c.orig",
  good: "a .gitignore entry for what the build makes",
  *inMail({ parsed: { files } }) {
    for (const { path, status, line } of files) {
      if (status === "added" && LEFT_OVER.test(path)) {
        yield { line, what: `'${path}' looks generated or left over` };
      }
    }
  },
});
