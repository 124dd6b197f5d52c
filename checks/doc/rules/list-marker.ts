import { type DocNode, visit } from "../doc-file.ts";
import type { DocFinding, DocRule } from "../doc-rule.ts";

/** Lists of Markdown whose items begin with different characters. */
export const listMarker: DocRule = {
  id: "list-marker",
  severity: "info",
  kinds: ["md"],
  title: "items of all lists begin with the same character",
  why: "Markdown begins a new list where the character changes",
  source: "project",
  examples: [
    { text: "- a\n- b\n\ntext\n\n- c\n", finds: [] },
    { text: "- a\n- b\n\ntext\n\n* c\n", finds: ["6:1"] },
    { text: "1. a\n2. b\n", finds: [] },
  ].map((example) => ({ ...example, path: "a.md" })),
  check(file) {
    let first: string | undefined;
    const found: DocFinding[] = [];
    visit(file.root, (node: DocNode, parents) => {
      const list = parents.at(-1) as (DocNode & { readonly ordered?: boolean | null }) | undefined;
      if (node.type !== "listItem" || list?.ordered || node.position === undefined) return;
      const at = node.position.start.offset;
      const marker = file.source.charAt(at);
      first ??= marker;
      if (marker === first) return;
      const edit = { from: at, to: at + 1, text: first };
      found.push({ at, what: `this item begins with '${marker}', others with '${first}'`, edit });
    });
    return found;
  },
};
