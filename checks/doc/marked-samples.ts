import { type DocFile, type DocNode, visit } from "./doc-file.ts";
import type { RstNode } from "./rst/tree.ts";

/** What a sample of C is compiled as. */
export type SampleTarget = "user" | "kernel";

/** A sample of C that a comment before it asks to compile. */
export interface MarkedSample {
  /** Offset of the comment. */
  readonly marker: number;
  readonly target: SampleTarget;
  readonly code: string;
  /** 1-based line of the document that its first line is, and how far all are indented. */
  readonly line: number;
  readonly indent: number;
}

/** A comment that asks for what there is not. */
export interface BadMarker {
  readonly marker: number;
  readonly problem: string;
}

/** The word by which a comment asks; a document without it has nothing to compile. */
export const COMPILE_MARK = "doclint-compile";
const MARK = new RegExp(`${COMPILE_MARK}(?::\\s*([\\w-]*))?`);

/** The samples that `.. doclint-compile: user` or `kernel`, or such a comment of HTML, precedes. */
export function findMarkedSamples(file: DocFile): (MarkedSample | BadMarker)[] {
  if (!file.source.includes(COMPILE_MARK)) return [];
  const found: (MarkedSample | BadMarker)[] = [];
  visit(file.root, (parent) => {
    const children = parent.children ?? [];
    for (const [at, node] of children.entries()) {
      if (node.type !== "comment" && node.type !== "html") continue;
      const match = MARK.exec(node.value ?? "");
      if (match === null || node.position === undefined) continue;
      const marker = node.position.start.offset;
      const target = match[1] ?? "";
      const sample = sampleOf(file, children.slice(at + 1));
      if (target !== "user" && target !== "kernel") {
        found.push({ marker, problem: `'${target}' is neither user nor kernel` });
      } else if (sample === undefined) {
        found.push({ marker, problem: "no sample of C follows the comment" });
      } else found.push({ marker, target, ...sample });
    }
  });
  return found;
}

/** The block of code that comes next; `::` alone leaves a literal block behind it. */
function sampleOf(
  file: DocFile,
  [node]: readonly DocNode[],
): Pick<MarkedSample, "code" | "line" | "indent"> | undefined {
  if (node?.position === undefined || node.value === undefined) return undefined;
  const { name = "", arguments: words = [], content } = node as RstNode;
  const { start } = node.position;
  if (node.type === "literal_block") {
    return { code: node.value, line: start.line, indent: start.column - 1 };
  }
  const isBlock = node.type === "directive" && /^(?:code-block|code|sourcecode)$/.test(name);
  if (isBlock && words[0] === "c" && content !== undefined) {
    return { code: node.value, line: content.start.line, indent: content.start.column - 1 };
  }
  const { lang } = node as DocNode & { readonly lang?: string | null };
  const isFence = file.kind === "md" && node.type === "code" && lang === "c";
  return isFence ? { code: node.value, line: start.line + 1, indent: start.column - 1 } : undefined;
}
