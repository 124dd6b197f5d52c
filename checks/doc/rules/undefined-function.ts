import type { DocRule } from "../doc-rule.ts";
import { isTranslation } from "../is-translation.ts";
import { findMentions } from "../mentions.ts";
import { isOwnName } from "../own-names.ts";
import { isPlaceholder } from "../placeholders.ts";
import { findRoles } from "../roles.ts";

const CALL = /(?<![\w*{}<>[\]$%/.:~-])([A-Za-z]\w{2,}|__\w+)\(\)/g;

/** A function that no source file has. */
export const undefinedFunction: DocRule = {
  id: "undefined-function",
  severity: "warning",
  kinds: ["rst"],
  title: "functions that the text names exist",
  why: "a reader who looks for a function that was renamed or removed finds nothing",
  source: "Documentation/doc-guide/sphinx.rst",
  needsTree: true,
  examples: [
    { text: "It calls folio_test_dirty() and ``folio_test_dirty()``.\n", finds: [] },
    { text: "It calls no_such_function().\n", finds: ["1:10"] },
    { text: "Any foo_bar(), set_*() or {get,put}_page() will do.\n", finds: [] },
    { text: "The [un]no_such_map() of _such() kind.\n", finds: [] },
    { text: "In no_such_one() above::\n\n  no_such_one(1);\n", finds: [] },
    { text: ":c:func:`no_such_function`\n", finds: ["1:1"] },
  ],
  *check(file, { index }) {
    if (isTranslation(file)) return;
    const isKnown = (name: string): boolean =>
      index?.names.has(name) !== false || isPlaceholder(name) || isOwnName(file, name);
    for (const { text, offset } of findMentions(file, ["()"])) {
      for (const match of text.matchAll(CALL)) {
        const [, name = ""] = match;
        if (isKnown(name)) continue;
        yield { at: offset + match.index, what: `no source file has '${name}()'` };
      }
    }
    for (const { target, offset } of findRoles(file, ["c:func"])) {
      const name = target.replace(/\(.*$/s, "").replace(/^[~!]/, "");
      if (!/^\w+$/.test(name) || isKnown(name)) continue;
      yield { at: offset, what: `no source file has '${name}()'` };
    }
  },
};
