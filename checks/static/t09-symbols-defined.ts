import { addedLines, type ChangedFile } from "../../tools/lib/patch/parse-files.ts";
import type { ReviewContext } from "../context.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

const USE = /\bCONFIG_([A-Z0-9][A-Z0-9_]*[A-Z0-9])\b/g;
const KCONFIG_USE = /^\s+(?:depends on|select|imply|visible if|default)\b(.*)$/;
const CODE = /(?:\.[chS]|Makefile|Kbuild|Kconfig[^/]*)$/;
/** Words of the Kconfig language, and numbers. */
const NO_SYMBOL = /^(?:y|n|m|if|on|\d.*|0x.*)$/i;

/**
 * Every Kconfig symbol that a patch uses is defined by some Kconfig file, and what is no longer
 * defined is no longer used.
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
    const removed = patches.flatMap((mail) =>
      removedSymbols(mail.parsed.files).map((one) => ({ mail, ...one })),
    );
    const symbols = [...new Set([...uses, ...removed].map(({ symbol }) => symbol))];
    if (symbols.length === 0) return [];
    const pattern = `^[[:space:]]*(menu)?config (${symbols.join("|")})[[:space:]]*$`;
    const found = await effects.searchAt(tip, pattern, ["*Kconfig*"]);
    const defined = new Set(found.map(({ text }) => text.trim().split(/\s+/)[1]));
    const gone = removed.filter(({ symbol }) => !defined.has(symbol));
    const left = gone.length === 0 ? [] : await usesLeft(gone, tip, effects);
    return [
      ...uses
        .filter(({ symbol }) => !defined.has(symbol))
        .map(({ mail, line, symbol }): SightingIn => {
          return { mail, line, what: `no Kconfig file defines '${symbol}'` };
        }),
      ...left,
    ];
  },
});

interface Removed {
  readonly symbol: string;
  readonly line: number;
}

/** Symbols whose definition a patch takes away. */
function removedSymbols(files: readonly ChangedFile[]): Removed[] {
  return files
    .filter(({ path }) => /Kconfig[^/]*$/.test(path))
    .flatMap(({ hunks }) => hunks.flat())
    .flatMap(({ kind, text, line }) => {
      const [, symbol] = /^\s*(?:menu)?config (\w+)\s*$/.exec(text) ?? [];
      return kind === "-" && symbol !== undefined ? [{ symbol, line }] : [];
    });
}

/** Where the tip still speaks of symbols that nothing defines. */
async function usesLeft(
  gone: readonly (Removed & Pick<SightingIn, "mail">)[],
  tip: string,
  { searchAt }: ReviewContext["effects"],
): Promise<SightingIn[]> {
  const names = [...new Set(gone.map(({ symbol }) => symbol))].join("|");
  const paths = ["*.[chS]", "*Makefile*", "*Kbuild*"];
  const found = await searchAt(tip, `\\bCONFIG_(${names})(_MODULE)?\\b`, paths);
  return gone.flatMap(({ mail, line, symbol }): SightingIn[] => {
    const word = new RegExp(`\\bCONFIG_${symbol}(?:_MODULE)?\\b`);
    const use = found.find(({ text }) => word.test(text));
    if (use === undefined) return [];
    const what = `'${symbol}' is defined no more, and ${use.path}:${use.line} uses it`;
    return [{ mail, line, what }];
  });
}

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
