import { posix } from "node:path";
import { newMessages } from "../../tools/lib/build/tool-messages.ts";
import { ToolError } from "../../tools/lib/error.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

const PROGRAM = /^tools\/testing\/selftests\/(?:[^/]+\/)+[^/]+\.c$/;

/** A changed selftest is compiled and linked against the headers of the series. */
export const f01SelftestsBuild = defineTextRule({
  id: "f01-selftests-build",
  title: "changed selftests compile and link with the UAPI headers of the tip",
  why: "a test that does not build is left out without a word by who builds them all",
  source: "Documentation/dev-tools/kselftest.rst",
  fix: "mend what compiler and linker name; name further C files and libraries in the Makefile",
  bad: "a use of HBF_IOC_STATS before the header has it",
  good: "make -C tools/testing/selftests TARGETS=mm",
  cost: "seconds",
  facts: async ({ keys, patches }) => [await keys.build(), patches.at(-1)?.tree ?? ""],
  async inSeries({ patches, effects, baseCommit }) {
    const tip = patches.at(-1)?.commit ?? baseCommit;
    const found: SightingIn[] = [];
    const missing = new Set<string>();
    const changed = patches.flatMap((mail) => mail.parsed.files.map((file) => ({ mail, file })));
    const added = changed
      .filter(({ file }) => file.status === "added")
      .map(({ file }) => file.path);
    const last = new Map(changed.map((one) => [one.file.path, one]));
    for (const { mail, file } of last.values()) {
      if (file.status === "deleted" || !PROGRAM.test(file.path)) continue;
      const now = await effects.buildProgram(tip, file.path);
      for (const name of now.missing) missing.add(name);
      // Some selftests of a release don't build; that is asked of those that would be blamed.
      const isOld = now.messages.length > 0 && !added.includes(file.path);
      const before = isOld ? (await effects.buildProgram(baseCommit, file.path)).messages : [];
      for (const { path, line, text } of newMessages(before, now.messages)) {
        const isOwn = path === file.path;
        const at = file.hunks.flat().find((one) => one.kind === "+" && one.newLine === line);
        const what = `${isOwn ? posix.basename(path) : path}:${line}: ${text}`;
        found.push({ mail, line: (isOwn ? at?.line : undefined) ?? file.line, what });
      }
    }
    if (found.length === 0 && missing.size > 0) throw notBuilt([...missing]);
    return found;
  },
});

function notBuilt(missing: readonly string[]): ToolError {
  return new ToolError(`selftests are not built without ${missing.join(", ")}`, {
    kind: "environment",
    code: "library-missing",
    hints: ["install the libraries, and make -C tools/testing/selftests"],
  });
}
