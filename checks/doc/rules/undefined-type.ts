import type { DocRule } from "../doc-rule.ts";
import { isTranslation } from "../is-translation.ts";
import { findMentions } from "../mentions.ts";
import { isOwnName } from "../own-names.ts";
import { isPlaceholder } from "../placeholders.ts";
import { findRoles } from "../roles.ts";

const TAG = /(?<![\w-])(struct|union|enum)\s+([a-z]\w*_\w+)(?![\w*{}<>-]|\s*\()/g;

/** A struct, union or enum that no source file has. */
export const undefinedType: DocRule = {
  id: "undefined-type",
  severity: "warning",
  kinds: ["rst"],
  title: "structs, unions and enums that the text names exist",
  why: "a reader who looks for a type that was renamed or removed finds nothing",
  source: "Documentation/doc-guide/sphinx.rst",
  needsTree: true,
  examples: [
    { text: "A struct vm_area_struct, and ``enum vm_area_struct``.\n", finds: [] },
    { text: "A struct no_such_type.\n", finds: ["1:3"] },
    { text: "Every struct has a struct my_driver and a struct page.\n", finds: [] },
  ],
  *check(file, { index }) {
    if (isTranslation(file)) return;
    for (const { text, offset } of findMentions(file, ["struct", "union", "enum"])) {
      for (const match of text.matchAll(TAG)) {
        const [, kind = "", name = ""] = match;
        if (index?.names.hasTag(name) !== false || isPlaceholder(name)) continue;
        if (isOwnName(file, name)) continue;
        yield { at: offset + match.index, what: `no source file has '${kind} ${name}'` };
      }
    }
    for (const { target, offset } of findRoles(file, ["c:type", "c:struct", "c:union", "c:enum"])) {
      const name = /^[~!]?(?:(?:struct|union|enum)\s+)?(\w+)$/.exec(target)?.[1] ?? "";
      if (name === "" || isPlaceholder(name)) continue;
      if (index?.names.has(name) !== false || index.names.hasTag(name)) continue;
      yield { at: offset, what: `no source file has the type '${name}'` };
    }
  },
};
