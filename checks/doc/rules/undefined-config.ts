import type { DocRule } from "../doc-rule.ts";
import { findMentions } from "../mentions.ts";

const SYMBOL = /(?<![\w*])CONFIG_([A-Z0-9][A-Za-z0-9_]*)(?![\w*])(?!(?:_?[<{[]))/g;
/** Names that documents use for any symbol, and what only a Makefile knows. */
const PLACEHOLDERS = /^(?:FOO|BAR|BAZ|XXX?|YYY?|SHELL|SITE|MODVERSIONS_?|X|Y|Z|A|B|C|D)(?:_|$)/;

/** A configuration symbol that no Kconfig file defines. */
export const undefinedConfig: DocRule = {
  id: "undefined-config",
  severity: "warning",
  kinds: ["rst"],
  title: "CONFIG_ symbols exist in Kconfig",
  why: "a reader cannot set a symbol that was renamed or removed",
  source: "project",
  needsTree: true,
  examples: [
    { text: "With CONFIG_NUMA set and ``CONFIG_MMU=y``.\n", finds: [] },
    { text: "With CONFIG_NO_SUCH_THING.\n", finds: ["1:6"] },
    { text: "Any CONFIG_HZ_* or CONFIG_<name>; CONFIG_FOO is an example.\n", finds: [] },
  ],
  *check(file, { index }) {
    if (/(?:^|\/)translations\//.test(file.treePath ?? file.path)) return;
    for (const { text, offset } of findMentions(file, ["CONFIG_"])) {
      for (const match of text.matchAll(SYMBOL)) {
        const name = match[1] ?? "";
        const isKnown = index?.configSymbols.has(name) || PLACEHOLDERS.test(name);
        if (isKnown || index?.configSymbols.has(name.replace(/_MODULE$/, ""))) continue;
        yield { at: offset + match.index, what: `no Kconfig file has 'CONFIG_${name}'` };
      }
    }
  },
};
