import type { DocRule } from "../doc-rule.ts";
import { evaluate } from "../index/const-expression.ts";
import type { DefinedValue } from "../index/defined-values.ts";
import { findStatedValues } from "../stated-values.ts";

const UNITS: Readonly<Record<string, bigint>> = {
  K: 1n << 10n,
  M: 1n << 20n,
  G: 1n << 30n,
  T: 1n << 40n,
};
const OFF: readonly string[] = ["n", "off", "disabled", "not set"];
const ON: readonly string[] = ["y", "on", "enabled", "set"];

/** A number or default in the text that is not that of the C and Kconfig files of the series. */
export const seriesValue: DocRule = {
  id: "series-value",
  severity: "error",
  kinds: ["rst", "md"],
  title: "values and defaults that the text tells are those of the series (--series or --range)",
  why: "a constant is changed in the code, and the text that readers believe stays as it was",
  source: "project",
  examples: [
    { text: "``HBF_BATCH`` is 512, and HBF_MASK (0x7) too.\n", finds: [] },
    { text: "``HBF_BATCH`` is 256 pages.\n", finds: ["1:18"] },
    { text: "The default of ``hbf_limit`` is 4 KiB.\n", finds: [] },
    { text: "``hbf_limit`` defaults to 8192.\n", finds: ["1:27"] },
    { text: "CONFIG_HBF is enabled by default.\n", finds: ["1:15"] },
    { text: "HBF_BATCH is 3 of these, 2.5 of those; HBF_OTHER is 1.\n", finds: [] },
    { text: "::\n\n  #define HBF_BATCH 100\n", finds: ["3:21"] },
    {
      text: "========= =====\nName      Value\n========= =====\nHBF_MASK  8\n========= =====\n",
      finds: ["4:11"],
    },
    { text: "HBF_BATCH is 513.\n", finds: ["1:14"], path: "a.md" },
  ],
  *check(file, { values }) {
    if (values === undefined || values.size === 0) return;
    for (const { name, value, at } of findStatedValues(file)) {
      const defined = values.get(name);
      if (defined === undefined || isSame(value, defined, values)) continue;
      const where = `${defined.file}:${defined.line}`;
      yield {
        at,
        what: `'${name}' is ${defined.text} in ${where}, not ${value}`,
        fix: "change the text, or the code",
      };
    }
  },
};

/** Whether what is told is what is defined; what cannot be compared is no finding. */
function isSame(
  told: string,
  { text, number }: DefinedValue,
  values: ReadonlyMap<string, DefinedValue>,
): boolean {
  if (/^[ynm]$/.test(text)) {
    if (OFF.includes(told)) return text === "n";
    return !ON.includes(told) || text !== "n";
  }
  const [, amount = told, unit] = /^(.*?)\s?([KMGT])i?B$/.exec(told) ?? [];
  const value = evaluate(amount, (name) => values.get(name)?.number);
  if (value === undefined || number === undefined) return true;
  return value === number || (unit !== undefined && value * (UNITS[unit] ?? 1n) === number);
}
