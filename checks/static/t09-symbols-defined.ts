import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

const USE = /\bCONFIG_([A-Z0-9][A-Z0-9_]*[A-Z0-9])\b/g;
const KCONFIG_USE = /^\s+(?:depends on|select|imply|visible if|default)\b(.*)$/;
const CODE = /(?:\.[chS]|Makefile|Kbuild|Kconfig[^/]*)$/;
/** Words of the Kconfig language, and numbers. */
const NO_SYMBOL = /^(?:y|n|m|if|on|\d.*|0x.*)$/i;

/**
 * Every Kconfig symbol that a patch uses is defined by some Kconfig file.
 *
 * scripts/checkkconfigsymbols.py says the same and resets its worktree to do so; a search of the
 * tip needs none.
 */
export const t09SymbolsDefined = defineTextRule({
  id: "t09-symbols-defined",
  title: "every Kconfig symbol that is used is defined",
  why: "code behind a symbol that does not exist is never built, and nothing says so",
  source: "scripts/checkkconfigsymbols.py",
  fix: "mend the spelling, or add the symbol to a Kconfig file",
  bad: "#ifdef CONFIG_MEMORY_TIERS_HBF",
  good: "#ifdef CONFIG_HBF",
  cost: "seconds",
  async inSeries({ patches, effects, baseCommit }) {
    const tip = patches.at(-1)?.commit ?? baseCommit;
    const uses = patches.flatMap((mail) =>
      mail.parsed.files
        .filter(({ path }) => CODE.test(path) && !/^(?:tools|Documentation)\//.test(path))
        .flatMap((file) =>
          addedLines(file).flatMap(({ text, line }) =>
            symbolsIn(file.path, text).map((symbol) => ({ mail, line, symbol })),
          ),
        ),
    );
    const symbols = [...new Set(uses.map(({ symbol }) => symbol))];
    if (symbols.length === 0) return [];
    const pattern = `^[[:space:]]*(menu)?config (${symbols.join("|")})[[:space:]]*$`;
    const found = await effects.searchAt(tip, pattern, ["*Kconfig*"]);
    const defined = new Set(found.map(({ text }) => text.trim().split(/\s+/)[1]));
    return uses
      .filter(({ symbol }) => !defined.has(symbol))
      .map(({ mail, line, symbol }): SightingIn => {
        return { mail, line, what: `no Kconfig file defines '${symbol}'` };
      });
  },
});

function symbolsIn(path: string, text: string): string[] {
  if (!/Kconfig[^/]*$/.test(path)) {
    if (/^\s*(?:\*|\/\*|\/\/)/.test(text)) return [];
    return [...text.matchAll(USE)].map(([, name = ""]) => name.replace(/_MODULE$/, ""));
  }
  const [, expression] = KCONFIG_USE.exec(text) ?? [];
  if (expression === undefined) return [];
  const words = expression.replaceAll(/"[^"]*"|\$\([^)]*\)/g, " ").split(/[^A-Za-z0-9_]+/);
  return words.filter((word) => word !== "" && !NO_SYMBOL.test(word));
}
