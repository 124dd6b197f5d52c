import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { changeFile, newFile } from "../../tests/support/patch-mails.ts";
import { k08SelftestConfig } from "./k08-selftest-config.ts";

const KCONFIG = changeFile("mm/Kconfig", 'config HBF\n\tbool "HBF"');
const judgeConfig = (config: string, kconfig = KCONFIG) =>
  judge(k08SelftestConfig, {
    patches: [{ diff: newFile("tools/testing/selftests/mm/hbf.c", "int a;") + kconfig }],
    context: { effects: { tipText: async () => config } },
  });

test("a test whose option is not in config is found", async () => {
  expect(await judgeConfig("CONFIG_HBFX=y\n")).toEqual(["fail", "0001.patch:11"]);
  expect(await judgeConfig("CONFIG_HBF=y\n")).toEqual(["pass"]);
  expect(await judgeConfig("", "")).toEqual(["pass"]);
});
