import { posix } from "node:path";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

const PROGRAM = /^tools\/testing\/selftests\/(?:[^/]+\/)+[^/]+\.c$/;

/** A changed selftest compiles against the headers of the series. */
export const f01SelftestsBuild = defineTextRule({
  id: "f01-selftests-build",
  title: "changed selftests compile against the UAPI headers of the tip",
  why: "a test that does not compile is left out without a word by who builds them all",
  source: "Documentation/dev-tools/kselftest.rst",
  fix: "mend what the compiler names; make headers first",
  bad: "a use of HBF_IOC_STATS before the header has it",
  good: "make -C tools/testing/selftests TARGETS=mm",
  cost: "seconds",
  facts: async ({ keys, patches }) => [await keys.build(), patches.at(-1)?.tree ?? ""],
  async inSeries({ patches, effects }) {
    const found: SightingIn[] = [];
    const changed = patches.flatMap((mail) => mail.parsed.files.map((file) => ({ mail, file })));
    const last = new Map(changed.map((one) => [one.file.path, one]));
    for (const { mail, file } of last.values()) {
      if (file.status === "deleted" || !PROGRAM.test(file.path)) continue;
      for (const { path, line, text } of await effects.compileProgram(file.path)) {
        const isOwn = path === file.path;
        const at = file.hunks.flat().find((one) => one.kind === "+" && one.newLine === line);
        const what = `${isOwn ? posix.basename(path) : path}:${line}: ${text}`;
        found.push({ mail, line: (isOwn ? at?.line : undefined) ?? file.line, what });
      }
    }
    return found;
  },
});
