import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import type { SelftestResult } from "../../tools/lib/selftests/run-selftests.ts";
import type { ReviewContext, ReviewedPatch } from "../context.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

const PROGRAM = /^tools\/testing\/selftests\/(?:[^/]+\/)+[^/]+\.c$/;
const MAIN = /\bmain\s*\(|TEST_HARNESS_MAIN/;
/** Exit status of a selftest that found nothing to test (tools/testing/selftests/kselftest.h). */
const SKIPPED = 4;

/** The selftests of the series pass on the kernel of the series. */
export const f04SelftestsRun = defineTextRule({
  id: "f04-selftests-run",
  title: "new selftests pass in a guest with the kernel of the tip",
  why: "a selftest that fails, or tests nothing, on the author's own kernel is a wrong proof",
  source: "Documentation/dev-tools/kselftest.rst",
  fix: "mend the test or the kernel, and see the console in the log",
  bad: "not ok 3 promote # expected 0, got 14",
  good: "# Totals: pass:13 fail:0 xfail:0 xpass:0 skip:0 error:0",
  cost: "minutes",
  facts: async ({ keys, patches }) => [await keys.verify(), patches.at(-1)?.tree ?? ""],
  async inSeries(context) {
    const programs = newPrograms(context);
    const [tip] = context.patches.slice(-1);
    if (programs.size === 0 || tip === undefined) return [];
    const outcome = await context.effects.runSelftests([...programs.keys()]);
    const { results, splats, isWhole, logFile } = outcome;
    const atTip = (what: string): SightingIn => {
      return { mail: tip, line: tip.parsed.rawSubject.line, what: `${what}, see '${logFile}'` };
    };
    const found = results.flatMap((result): SightingIn[] => {
      const place = programs.get(result.path);
      if (place === undefined) return [];
      return problemsIn(result).map((what) => ({ ...place, what: `'${result.path}' ${what}` }));
    });
    if (splats[0] !== undefined) found.push(atTip(`the kernel complains: ${splats[0]}`));
    if (!isWhole) found.push(atTip("the guest did not come to its end"));
    return found;
  },
});

/** C files with a main program that the series adds, and the place where each begins. */
function newPrograms({ patches }: ReviewContext) {
  const programs = new Map<string, { readonly mail: ReviewedPatch; readonly line: number }>();
  for (const mail of patches) {
    for (const file of mail.parsed.files) {
      if (file.status !== "added" || !PROGRAM.test(file.path)) continue;
      const isProgram = addedLines(file).some(({ text }) => MAIN.test(text));
      if (isProgram) programs.set(file.path, { mail, line: file.line });
    }
  }
  return programs;
}

function problemsIn({ notBuilt, status, failed, passed }: SelftestResult): string[] {
  if (notBuilt !== undefined) return [`makes no static program: ${notBuilt}`];
  if (status === undefined) return ["did not end"];
  if (failed.length > 0) return failed.map((line) => `says '${line.trim()}'`);
  if (status === SKIPPED) return ["skips all of its tests here"];
  if (status !== 0) return [`ends with status ${status}`];
  return passed === 0 ? ["tests nothing: it says no 'ok' line"] : [];
}
