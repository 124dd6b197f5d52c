import { addedLines, type ChangedFile } from "../../tools/lib/patch/parse-files.ts";
import { defineTextRule, type Sighting } from "../text-rule.ts";

const FOLDER = /^tools\/testing\/selftests\//;

/** A new selftest speaks TAP, says when it cannot run, and scripts can be executed. */
export const f03SelftestForm = defineTextRule({
  id: "f03-selftest-form",
  title: "a new selftest prints TAP, exits with 4 when it cannot run, and scripts are executable",
  why: "who runs a thousand tests reads their results with a program",
  source: "Documentation/dev-tools/kselftest.rst",
  fix: "use kselftest.h: ksft_print_header(), ksft_test_result(), ksft_exit_skip()",
  bad: 'printf("ok\\n"); return 1;',
  good: 'ksft_exit_skip("/dev/hbfctl is not there\\n");',
  *inMail({ parsed: { files } }) {
    for (const file of files) {
      if (file.status === "added" && FOLDER.test(file.path)) yield* judgeFile(file);
    }
  },
});

function* judgeFile(file: ChangedFile): Iterable<Sighting> {
  const lines = addedLines(file);
  const has = (pattern: RegExp): boolean => lines.some(({ text }) => pattern.test(text));
  const { line, path } = file;
  if (/\.(?:sh|py)$/.test(path) && has(/^#!/) && file.newMode !== "100755") {
    yield { line, what: `'${path}' has the mode ${file.newMode} and cannot be executed` };
  }
  if (!path.endsWith(".c") || !has(/\bmain\s*\(|TEST_HARNESS_MAIN/)) return;
  if (!has(/kselftest(?:_harness)?\.h|TAP version 13/)) {
    yield { line, what: `'${path}' prints no TAP: it does not include kselftest.h` };
  }
  if (!has(/ksft_(?:exit_skip|test_result_skip)|KSFT_SKIP|\bSKIP\(/)) {
    yield { line, what: `'${path}' has no way to say that it cannot run` };
  }
}
