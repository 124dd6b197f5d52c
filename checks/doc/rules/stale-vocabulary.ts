import type { DocRule } from "../doc-rule.ts";
import { isTranslation } from "../is-translation.ts";
import { findMentions } from "../mentions.ts";

const CHECKPATCH = "scripts/checkpatch.pl";
const TABLE = /our %deprecated_apis = \(([\s\S]*?)^\);/m;

/** A name that the tree itself calls deprecated. */
export const staleVocabulary: DocRule = {
  id: "stale-vocabulary",
  severity: "info",
  kinds: ["rst"],
  title: "new text names functions that are not deprecated",
  why: "readers copy what they see; checkpatch would complain of their patch",
  source: "scripts/checkpatch.pl",
  needsTree: true,
  onlyChanged: true,
  examples: [
    { text: "Map it with kmap_local_page().\n", finds: [] },
    { text: "Map it with kmap_atomic().\n", finds: ["1:13"] },
  ],
  *check(file, { readTreeFile }) {
    if (isTranslation(file)) return;
    const table = TABLE.exec(readTreeFile(CHECKPATCH) ?? "")?.[1] ?? "";
    const rows = [...table.matchAll(/"(\w+)"\s*=>\s*"([^"]+)"/g)];
    const instead = new Map(rows.map(([, old = "", name = ""]) => [old, name]));
    for (const { text, offset } of findMentions(file, ["()"])) {
      for (const { index, 0: name } of text.matchAll(/\b[a-z_]\w+(?=\(\))/g)) {
        const better = instead.get(name);
        if (better === undefined) continue;
        const what = `'${name}()' is deprecated`;
        yield { at: offset + index, what, fix: `name '${better}()'` };
      }
    }
  },
};
