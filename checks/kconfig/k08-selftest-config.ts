import { posix } from "node:path";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { featureSymbols } from "./features.ts";

const PROGRAM = /^tools\/testing\/selftests\/[^/]+\/[^/]+\.c$/;

/** Whoever runs a new selftest builds a kernel that has what it tests. */
export const k08SelftestConfig = defineTextRule({
  id: "k08-selftest-config",
  title: "the option that a new selftest needs is in the config file beside it",
  why: "without it the test is skipped on every machine that runs selftests",
  source: "Documentation/dev-tools/kselftest.rst",
  fix: "add CONFIG_...=y to the config file of the selftest's folder",
  bad: "a test of /dev/hbfctl, and no CONFIG_HBF=y in config",
  good: "CONFIG_HBF=y (in tools/testing/selftests/mm/config)",
  async inSeries(context) {
    const features = featureSymbols(context);
    const tests = context.patches.flatMap((mail) =>
      mail.parsed.files
        .filter(({ path, status }) => status === "added" && PROGRAM.test(path))
        .map((file) => ({ mail, file })),
    );
    const found: SightingIn[] = [];
    for (const { mail, file } of features.length === 0 ? [] : tests) {
      const config = `${posix.dirname(file.path)}/config`;
      const text = (await context.effects.tipText(config)) ?? "";
      if (features.some(({ name }) => text.includes(`CONFIG_${name}=`))) continue;
      const names = features.map(({ name }) => `CONFIG_${name}`).join(" or ");
      found.push({ mail, line: file.line, what: `'${config}' does not ask for ${names}` });
    }
    return found;
  },
});
