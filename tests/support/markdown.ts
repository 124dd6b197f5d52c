import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import remarkParse from "remark-parse";
import { unified } from "unified";

/** The folder of the repository. */
export const ROOT = resolve(import.meta.dirname, "../..");

/** What these tests need of a node of the Markdown tree. */
interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly lang?: string | null;
  readonly position?: { readonly start: { readonly line: number } };
  readonly children?: readonly MarkdownNode[];
}

/** A place in a page that points elsewhere, or text that names a command. */
export interface MarkdownItem {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/** What the tests of the documents look at in one page. */
export interface MarkdownPage {
  /** Targets of links and images, as written. */
  readonly links: readonly MarkdownItem[];
  /** Anchors that GitHub gives the headings. */
  readonly anchors: ReadonlySet<string>;
  /** Headings of level 1. */
  readonly titles: number;
  /** Lines of fenced code, and inline code; comments and prompts are not removed. */
  readonly code: readonly MarkdownItem[];
}

/** Tracked and new files of the repository that match, relative to it, sorted. */
export function listFiles(pattern: RegExp): string[] {
  const args = ["ls-files", "-co", "--exclude-standard"];
  return execFileSync("git", args, { cwd: ROOT, encoding: "utf8" })
    .split("\n")
    .filter((file) => pattern.test(file))
    .sort();
}

/** Reads one page of Markdown. Pure. */
export function readMarkdown(text: string): MarkdownPage {
  const links: MarkdownItem[] = [];
  const code: MarkdownItem[] = [];
  const anchors = new Set<string>();
  let titles = 0;
  const visit = (node: MarkdownNode): void => {
    const line = node.position?.start.line ?? 0;
    if (node.url !== undefined) links.push({ line, text: node.url });
    if (node.type === "inlineCode") code.push({ line, text: node.value ?? "" });
    if (node.type === "code") {
      (node.value ?? "").split("\n").forEach((row, index) => {
        code.push({ line: line + 1 + index, text: row });
      });
    }
    if (node.type === "heading") {
      if ((node as { depth?: number }).depth === 1) titles += 1;
      addAnchor(anchors, textOf(node));
    }
    node.children?.forEach(visit);
  };
  visit(unified().use(remarkParse).parse(text) as MarkdownNode);
  return { links, anchors, titles, code };
}

function textOf(node: MarkdownNode): string {
  return node.value ?? (node.children ?? []).map(textOf).join("");
}

/** As GitHub does: lower case, no punctuation, hyphens for spaces, a number for the second. */
function addAnchor(anchors: Set<string>, heading: string): void {
  const slug = heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
    .replaceAll(" ", "-");
  let name = slug;
  for (let again = 1; anchors.has(name); again += 1) name = `${slug}-${again}`;
  anchors.add(name);
}
