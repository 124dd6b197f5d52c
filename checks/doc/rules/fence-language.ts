import { type DocNode, visitTypes } from "../doc-file.ts";
import type { DocFinding, DocRule } from "../doc-rule.ts";

/** A fence of Markdown that does not say what is in it. */
export const fenceLanguage: DocRule = {
  id: "fence-language",
  severity: "warning",
  kinds: ["md"],
  title: "a fenced block says its language",
  why: "it is shown without colours, and nothing can check it",
  source: "project",
  examples: [
    { text: "```sh\nls\n```\n", finds: [] },
    { text: "```\nls\n```\n", finds: ["1:1"] },
    { text: "    indented\n", finds: [] },
  ].map((example) => ({ ...example, path: "a.md" })),
  check(file) {
    const found: DocFinding[] = [];
    visitTypes(file, ["code"], (node: DocNode) => {
      if (node.type !== "code" || node.position === undefined) return;
      const { offset } = node.position.start;
      const { lang } = node as DocNode & { readonly lang?: string | null };
      if (lang || !/^(?:```|~~~)/.test(file.source.slice(offset))) return;
      const what = "the fence names no language";
      found.push({ at: offset, what, fix: "write it behind the fence; 'text' if there is none" });
    });
    return found;
  },
};
