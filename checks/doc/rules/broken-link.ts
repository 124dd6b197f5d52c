import { posix } from "node:path";
import { type DocNode, openDocFile, visit } from "../doc-file.ts";
import type { DocRule } from "../doc-rule.ts";

/** A link of a Markdown document to a file or a heading that does not exist. */
export const brokenLink: DocRule = {
  id: "broken-link",
  severity: "error",
  kinds: ["md"],
  title: "relative links lead to files, and their anchors to headings",
  why: "a reader who follows the link ends nowhere",
  source: "project",
  examples: [
    { text: "# A b\n\n[x](#a-b) [y](linked.md) [z](linked.md#the-head)\n", finds: [] },
    { text: "# A\n\n[x](#b) [y](gone.md) [z](linked.md#gone)\n", finds: ["3:1", "3:9", "3:22"] },
    { text: "[x](https://a.example/b) [y](mailto:a@b.example) `[z](gone.md)`\n", finds: [] },
  ].map((example) => ({ ...example, path: "example.md" })),
  *check(file, { readBeside }) {
    const links: DocNode[] = [];
    visit(file.root, (node) => {
      if (node.type === "link" || node.type === "definition") links.push(node);
    });
    for (const link of links) {
      const url = (link as DocNode & { readonly url?: string }).url ?? "";
      if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(url) || link.position === undefined) continue;
      const [path = "", anchor] = decode(url).split("#");
      const at = link.position.start.offset;
      const source = path === "" ? file.source : readBeside(posix.normalize(path));
      if (source === undefined) {
        yield { at, what: `there is no file '${path}'` };
      } else if (anchor !== undefined && anchor !== "" && /\.md$|^$/.test(path)) {
        if (anchorsOf(source).has(anchor.toLowerCase())) continue;
        yield { at, what: `there is no heading '#${anchor}'${path === "" ? "" : ` in '${path}'`}` };
      }
    }
  },
};

function decode(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

/** The anchors of a document's headings, as code forges make them. */
function anchorsOf(source: string): Set<string> {
  const anchors = new Set<string>();
  const file = openDocFile({ path: ".md", treePath: undefined, source, isChanged: false });
  visit(file.root, (node) => {
    if (node.type !== "heading") return;
    const words = textOf(node).toLowerCase();
    const anchor = words.replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-");
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count++) unique = `${anchor}-${count}`;
    anchors.add(unique);
  });
  return anchors;
}

function textOf(node: DocNode): string {
  return node.value ?? (node.children ?? []).map(textOf).join("");
}
