import { posix } from "node:path";
import { addedLines, type ChangedFile } from "../../tools/lib/patch/parse-files.ts";
import type { ReviewedPatch } from "../context.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

const PROGRAM = /^tools\/testing\/selftests\/(?:[^/]+\/)+[^/]+\.c$/;

/** A new selftest is built, ignored by git and run. */
export const f02SelftestWired = defineTextRule({
  id: "f02-selftest-wired",
  title: "a new selftest is in Makefile, .gitignore and, for mm, in run_vmtests.sh",
  why: "a test that nothing builds or runs finds nothing",
  source: "Documentation/dev-tools/kselftest.rst",
  fix: "add the program to TEST_GEN_FILES or TEST_GEN_PROGS, to .gitignore and to the runner",
  bad: "a new hbf_ctl.c alone",
  good: "TEST_GEN_FILES += hbf_ctl",
  inSeries({ patches }) {
    const all = patches.flatMap((mail) => mail.parsed.files.map((file) => ({ mail, file })));
    return all.flatMap(({ mail, file }): SightingIn[] => {
      const isTest = addedLines(file).some(({ text }) =>
        /\bmain\s*\(|TEST_HARNESS_MAIN/.test(text),
      );
      if (file.status !== "added" || !PROGRAM.test(file.path) || !isTest) return [];
      return wiringOf(file.path)
        .filter((place) => !all.some((other) => names(other.file, place, file.path)))
        .map((place) => ({ mail, line: file.line, what: `'${file.path}' is not in '${place}'` }));
    });
  },
});

/** The files that have to name a program. */
function wiringOf(path: string): string[] {
  const dir = posix.dirname(path);
  const runner = dir === "tools/testing/selftests/mm" ? [`${dir}/run_vmtests.sh`] : [];
  return [`${dir}/Makefile`, `${dir}/.gitignore`, ...runner];
}

function names(file: ChangedFile, place: ReviewedPatch["file"], path: string): boolean {
  const program = posix.basename(path, ".c");
  const word = new RegExp(`(?:^|[^\\w-])${program}(?:$|[^\\w-])`);
  return file.path === place && addedLines(file).some(({ text }) => word.test(text));
}
